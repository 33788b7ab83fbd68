using Trainers.Options;
using Workbench.Experiments;

namespace Workbench.Llm.Embeddings;

/// <summary>Options of text embeddings by an endpoint that speaks OpenAI's protocol.</summary>
public record TextEmbeddingOptions
{
    [Option("the embedding model's name at the endpoint")]
    public string Model { get; init; } = "text-embedding-3-small";

    [Option("the endpoint, up to what comes before /embeddings"), Key(Incidental = true)]
    public string BaseUrl { get; init; } = "https://api.openai.com/v1";

    [Option("the environment variable that holds the key; none where the endpoint wants none"), Key(Incidental = true)]
    public string? KeyVariable { get; init; } = "OPENAI_API_KEY";

    [Option("length of the vectors, where the model lets it be chosen; none leaves it to the model", Min = 1, Max = 65536)]
    public int? Dimensions { get; init; }

    [Option("texts in one call", Min = 1, Max = 2048), Key(Incidental = true)]
    public int BatchSize { get; init; } = 64;

    [Option("how many calls may be under way at once", Min = 1, Max = 1024), Key(Incidental = true)]
    public int Concurrency { get; init; } = 4;

    [Option("seconds after which a call without an answer is given up", Min = 0, MinExclusive = true, Max = 3600), Key(Incidental = true)]
    public double TimeoutSeconds { get; init; } = 60;

    [Option("how often a call that failed is made again", Min = 0, Max = 100), Key(Incidental = true)]
    public int Retries { get; init; } = 6;

    [Option("the most that one run may cost, in the currency of the price; it stops before", Min = 0), Key(Incidental = true)]
    public double? BudgetMoney { get; init; }

    [Option("the most tokens that one run may use; it stops before", Min = 0), Key(Incidental = true)]
    public long? BudgetTokens { get; init; }

    [Option("price of a million tokens", Min = 0), Key(Incidental = true)]
    public double? Price { get; init; }

    [Option("the file that keeps vectors, so that none is paid for twice; without it one in the user's own data folder"), Key(IsPath = true, Incidental = true)]
    public string? Cache { get; init; }
}
