using System.Globalization;
using Data;
using Workbench.Llm.Endpoints;
using Workbench.Llm.Prompts;

namespace Workbench.Llm.Live;

/// <summary>Replies to turns, in their order.</summary>
/// <param name="Replies">one per turn</param>
/// <param name="Cost">what they cost, for the report: nothing that depends on which of them were in the cache</param>
/// <param name="Summary">what this run did, in a line</param>
internal sealed record LiveReplies(IReadOnlyList<LlmReply> Replies, string Cost, string Summary);

/// <summary>A model behind an endpoint: what it would be asked, at what cost, and its replies.</summary>
/// <param name="name">of the entry, and of llm/&lt;model&gt;.jsonl</param>
/// <param name="options">checked</param>
/// <param name="waits">the clock of waits; null for the machine's</param>
internal sealed class LiveModel(string name, LlmOptions options, TimeProvider? waits = null)
{
    private readonly EndpointOptions _endpoint = EndpointOptions.Of(options);
    private readonly PromptTemplate _template = PromptTemplate.Of(options.Template);

    public string Name => name;

    /// <summary>What asking would cost. Makes no call and needs no key.</summary>
    public CostEstimate Estimate(IReadOnlyList<Turn> turns, IReadOnlyList<Item> items)
    {
        ChatCall[] calls = [.. Calls(turns, items).DistinctBy(call => call.Key)];
        IReadOnlySet<QuestionKey> known = AnswerCache.Known(_endpoint.CachePath, calls.Select(call => call.Key));
        ChatCall[] open = [.. calls.Where(call => !known.Contains(call.Key))];
        return new CostEstimate(
            name, turns.Count, calls.Length, known.Count,
            new TokenCount(open.Sum(call => TokenCount.About(call.Prompt)), open.Sum(call => call.AtMost.Reply)),
            _endpoint.Prices, _endpoint.Budget);
    }

    /// <summary>Asks for what the cache does not have, and blocks until all is there.</summary>
    /// <param name="turns">whose replies are asked for</param>
    /// <param name="items">of their dataset</param>
    /// <param name="say">told how it goes, now and then</param>
    /// <param name="cancellation">nothing new is asked then; what has been paid for is kept</param>
    /// <exception cref="Trainers.UserErrorException">A turn has no reply: the endpoint refuses, or the budget is used up. What there is, is kept.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the message says what is kept.</exception>
    public LiveReplies Ask(IReadOnlyList<Turn> turns, IReadOnlyList<Item> items, Action<string> say, CancellationToken cancellation)
    {
        ChatCall[] calls = Calls(turns, items);
        var asking = new Asking(name, "replies", _endpoint, waits);
        CallResults results = asking.Run([.. calls.DistinctBy(call => call.Key)], key => turns[Array.FindIndex(calls, call => call.Key == key)].Id, say, cancellation);
        LlmReply[] replies = [.. calls.Select((call, i) => Reply(turns[i].Id, call.Prompt, results.Answers[call.Key]))];
        return new LiveReplies(replies, Cost(results.Answers.Values), FormattableString.Invariant($"{name}: {replies.Length:N0} replies: ") + $"{AskProgress.Summary(results, _endpoint.Prices)}");
    }

    /// <summary>The requests' bodies, for whoever sends them otherwise.</summary>
    internal static byte[][] Bodies(string name, LlmOptions options, IReadOnlyList<Turn> turns) =>
        [.. new LiveModel(name, options).Calls(turns, []).Select(call => call.Body())];

    private ChatCall[] Calls(IReadOnlyList<Turn> turns, IReadOnlyList<Item> items) =>
        [.. turns.Select(turn => new ChatCall(options.Model ?? name, _template.Fill(turn, items, options.Titles), _endpoint.Address, options))];

    private LlmReply Reply(string turn, string prompt, Answer answer) =>
        new(turn, name, prompt, answer.Text, checked((int)answer.Tokens.Total), null) { Finish = answer.Finish == Answer.Stop ? null : answer.Finish };

    /// <summary>What the replies cost, whenever they were paid for.</summary>
    private string Cost(IEnumerable<Answer> answers)
    {
        TokenCount tokens = answers.Aggregate(default(TokenCount), (sum, answer) => sum + answer.Tokens);
        string money = _endpoint.Prices.Of(tokens) is { } cost ? string.Create(CultureInfo.InvariantCulture, $", at a cost of {Prices.Text(cost)}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{name}: live replies of {_endpoint.Address}, {tokens.Prompt:N0} tokens of prompts and {tokens.Reply:N0} of replies{money}.");
    }
}
