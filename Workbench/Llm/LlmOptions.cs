using Trainers.Options;
using Workbench.Experiments;

namespace Workbench.Llm;

/// <summary>Where a language model's replies come from.</summary>
public enum ReplySource
{
    /// <summary>llm/&lt;model&gt;.jsonl of the dataset.</summary>
    Recorded,

    /// <summary>An endpoint that speaks OpenAI's protocol; each reply is asked for once and kept in a cache.</summary>
    Live,
}

/// <summary>Who matched the named titles to items.</summary>
public enum MatchSource
{
    /// <summary>The workbench, by title and year.</summary>
    Own,

    /// <summary>The publisher of the replies, as recorded with them.</summary>
    Recorded,
}

/// <summary>By which name an endpoint knows the greatest length of a reply.</summary>
public enum ReplyLimit
{
    /// <summary><c>max_tokens</c>: what most servers know.</summary>
    MaxTokens,

    /// <summary><c>max_completion_tokens</c>: what OpenAI's reasoning models insist on.</summary>
    MaxCompletionTokens,
}

/// <summary>Options of a row of <c>llms</c>.</summary>
public sealed record LlmOptions
{
    [Option("where the replies come from: recorded, llm/<model>.jsonl of the dataset; live, an endpoint that speaks OpenAI's protocol")]
    public ReplySource Replies { get; init; } = ReplySource.Recorded;

    [Option("who matched the named titles to items; recorded keeps repeated titles, as He et al. 2023 do")]
    public MatchSource Matches { get; init; } = MatchSource.Own;

    [Option("live: the model's name at the endpoint; without it the entry's own name")]
    public string? Model { get; init; }

    [Option("live: the endpoint, up to what comes before /chat/completions"), Key(Incidental = true)]
    public string BaseUrl { get; init; } = "https://api.openai.com/v1";

    [Option("live: the environment variable that holds the key; none where the endpoint wants none"), Key(Incidental = true)]
    public string? KeyVariable { get; init; } = "OPENAI_API_KEY";

    [Option("live: a file with the prompt's sections [TASK], [FORMAT] and [CONTEXT]; without it a wording in the manner of He et al. 2023"), Key(IsPath = true)]
    public string? Template { get; init; }

    [Option("live: how many titles are asked for", Min = 1, Max = 1000)]
    public int Titles { get; init; } = 20;

    [Option("live: how freely the model chooses its words; none leaves it to the endpoint", Min = 0, Max = 2)]
    public double? Temperature { get; init; } = 0;

    [Option("live: the seed that the endpoint is given; none gives it none")]
    public long? Seed { get; init; } = 1;

    [Option("live: the greatest length of a reply in tokens", Min = 1, Max = 1_000_000)]
    public int MaxTokens { get; init; } = 1000;

    [Option("live: the name under which the endpoint takes that length"), Key(Incidental = true)]
    public ReplyLimit LimitKey { get; init; } = ReplyLimit.MaxTokens;

    [Option("live: ask for JSON of a given schema instead of a list in text, where the endpoint can")]
    public bool Structured { get; init; }

    [Option("live: how many calls may be under way at once", Min = 1, Max = 1024), Key(Incidental = true)]
    public int Concurrency { get; init; } = 8;

    [Option("live: seconds after which a call without an answer is given up", Min = 0, MinExclusive = true, Max = 3600), Key(Incidental = true)]
    public double TimeoutSeconds { get; init; } = 60;

    [Option("live: how often a call that failed is made again", Min = 0, Max = 100), Key(Incidental = true)]
    public int Retries { get; init; } = 6;

    [Option("live: the most that one run may cost, in the currency of the prices; it stops before", Min = 0), Key(Incidental = true)]
    public double? BudgetMoney { get; init; }

    [Option("live: the most tokens that one run may use, prompts and replies together; it stops before", Min = 0), Key(Incidental = true)]
    public long? BudgetTokens { get; init; }

    [Option("live: price of a million tokens of prompts", Min = 0), Key(Incidental = true)]
    public double? PromptPrice { get; init; }

    [Option("live: price of a million tokens of replies", Min = 0), Key(Incidental = true)]
    public double? ReplyPrice { get; init; }

    [Option("live: the file that keeps replies, so that none is paid for twice; without it one in the user's own data folder"), Key(IsPath = true, Incidental = true)]
    public string? Cache { get; init; }

    [Option("live: a folder, of a linked dataset or another, that gets all replies as llm/<model>.jsonl, to be replayed without a key"), Key(IsPath = true, Incidental = true)]
    public string? RecordTo { get; init; }
}
