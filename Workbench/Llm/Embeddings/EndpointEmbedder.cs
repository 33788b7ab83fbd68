using System.Globalization;
using Trainers;
using Workbench.Llm.Endpoints;

namespace Workbench.Llm.Embeddings;

/// <summary>Text embeddings by an endpoint's /embeddings: in batches, with the same retries, budget and cache as chats. A text is paid for once.</summary>
public sealed class EndpointEmbedder : ITextEmbedder
{
    private readonly TextEmbeddingOptions _options;
    private readonly EndpointOptions _endpoint;
    private readonly Action<string> _say;
    private readonly CancellationToken _cancellation;
    private readonly TimeProvider? _waits;

    /// <param name="options">of the model and its endpoint</param>
    /// <param name="say">told how it goes, now and then; null for nobody</param>
    /// <param name="cancellation">nothing new is asked then; what has been paid for is kept</param>
    /// <exception cref="UserErrorException">Options contradict each other.</exception>
    public EndpointEmbedder(TextEmbeddingOptions options, Action<string>? say = null, CancellationToken cancellation = default)
        : this(options, say, null, cancellation)
    {
    }

    internal EndpointEmbedder(TextEmbeddingOptions options, Action<string>? say, TimeProvider? waits, CancellationToken cancellation)
    {
        EndpointAddress.Require(options.BaseUrl);
        EndpointAddress.RequireVariable(options.KeyVariable);
        if (options.BudgetMoney is not null && options.Price is null)
            throw new UserErrorException("`budget_money` needs `price`: that of a million tokens, as on the endpoint's price list");
        (_options, _endpoint, _say, _cancellation, _waits) = (options, EndpointOptions.Of(options), say ?? (_ => { }), cancellation, waits);
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">A text has no vector: the endpoint refuses, or the budget is used up. What there is, is kept.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[][] Embed(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string[] asked = [.. texts.Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal)];
        if (asked.Length == 0)
            throw new UserErrorException("there is no text to embed: all of them are blank");
        ApiCall[] calls = [.. asked.Chunk(_options.BatchSize).Select(batch => EmbeddingCall.Of(batch, _endpoint.Address, _options))];
        Dictionary<QuestionKey, string> names = calls.SelectMany(call => call.Keys).Zip(asked).ToDictionary();
        CallResults results = new Asking(_options.Model, "embeddings", _endpoint, _waits).Run(calls, key => Beginning(names[key]), _say, _cancellation);

        var vectors = names.ToDictionary(pair => pair.Value, pair => EmbeddingCall.VectorOf(results.Answers[pair.Key]), StringComparer.Ordinal);
        int length = vectors[asked[0]].Length;
        if (Array.Find(asked, text => vectors[text].Length != length) is { } other)
            throw new UserErrorException(FormattableString.Invariant($"{_options.Model} gives vectors of {length} and of {vectors[other].Length} numbers: name one model by a name that stays, or give `dimensions`"));
        return [.. texts.Select(text => string.IsNullOrWhiteSpace(text) ? new float[length] : vectors[text])];
    }

    /// <summary>One line: what <see cref="Embed"/> would ask and cost. Makes no call and needs no key.</summary>
    public string Estimate(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Dictionary<QuestionKey, string> asked = texts.Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal)
            .ToDictionary(text => EmbeddingCall.KeyOf(text, _endpoint.Address, _options));
        IReadOnlySet<QuestionKey> known = AnswerCache.Known(_endpoint.CachePath, asked.Keys);
        var tokens = new TokenCount(asked.Where(pair => !known.Contains(pair.Key)).Sum(pair => TokenCount.About(pair.Value)), 0);
        string money = _endpoint.Prices.Of(tokens) is { } cost ? string.Create(CultureInfo.InvariantCulture, $"cost about {Prices.Text(cost)}") : "cost unknown: give `price`";
        return string.Create(CultureInfo.InvariantCulture,
            $"{_options.Model}: {texts.Count:N0} texts, {asked.Count:N0} different ones, {known.Count:N0} of them in the cache: {asked.Count - known.Count:N0} to embed, about {tokens.Total:N0} tokens, {money}");
    }

    private static string Beginning(string text) => $"\"{Experiments.Yaml.OneLine.Of(text, 40)}\"";
}
