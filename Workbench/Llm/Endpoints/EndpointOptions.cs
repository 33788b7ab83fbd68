using Trainers;
using Workbench.Llm.Embeddings;

namespace Workbench.Llm.Endpoints;

/// <summary>An endpoint, and how it is asked.</summary>
/// <param name="Address">without a slash at its end</param>
/// <param name="KeyVariable">of the environment; null for none</param>
/// <param name="Concurrency">calls under way at once</param>
/// <param name="Timeout">of one attempt</param>
/// <param name="Retries">attempts after the first</param>
/// <param name="Budget">of one run</param>
/// <param name="Prices">of a million tokens</param>
/// <param name="CachePath">of the answers</param>
internal sealed record EndpointOptions(
    string Address, string? KeyVariable, int Concurrency, TimeSpan Timeout, int Retries, Budget Budget, Prices Prices, string CachePath)
{
    /// <summary>How long the endpoint may let us wait before another attempt.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public static EndpointOptions Of(LlmOptions options) => new(
        EndpointAddress.Normal(options.BaseUrl),
        EndpointAddress.Variable(options.KeyVariable),
        options.Concurrency,
        TimeSpan.FromSeconds(options.TimeoutSeconds),
        options.Retries,
        new Budget(options.BudgetMoney, options.BudgetTokens),
        new Prices(options.PromptPrice, options.ReplyPrice),
        options.Cache ?? DefaultCache());

    public static EndpointOptions Of(TextEmbeddingOptions options) => new(
        EndpointAddress.Normal(options.BaseUrl),
        EndpointAddress.Variable(options.KeyVariable),
        options.Concurrency,
        TimeSpan.FromSeconds(options.TimeoutSeconds),
        options.Retries,
        new Budget(options.BudgetMoney, options.BudgetTokens),
        new Prices(options.Price, 0),
        options.Cache ?? DefaultCache());

    private static string DefaultCache()
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0
            ? Path.Combine(data, "workbench", "llm-cache.sqlite")
            : throw new UserErrorException("this user has no data folder for the replies' cache: name a file by the option `cache`");
    }
}
