using Trainers.Options;

namespace Workbench.Llm;

/// <summary>Where a language model's replies come from.</summary>
public enum ReplySource
{
    /// <summary>llm/&lt;model&gt;.jsonl of the dataset.</summary>
    Recorded,
}

/// <summary>Who matched the named titles to items.</summary>
public enum MatchSource
{
    /// <summary>The workbench, by title and year.</summary>
    Own,

    /// <summary>The publisher of the replies, as recorded with them.</summary>
    Recorded,
}

/// <summary>Options of a row of <c>llms</c>.</summary>
public sealed record LlmOptions
{
    [Option("where the replies come from")]
    public ReplySource Replies { get; init; } = ReplySource.Recorded;

    [Option("who matched the named titles to items; recorded keeps repeated titles, as He et al. 2023 do")]
    public MatchSource Matches { get; init; } = MatchSource.Own;
}
