using Trainers.Options;

namespace Workbench.Llm;

/// <summary>Where an LLM row's replies come from.</summary>
public enum ReplySource
{
    /// <summary>llm/&lt;model&gt;.jsonl of the dataset.</summary>
    Recorded,
}

/// <summary>How titles in replies become catalogue items.</summary>
public enum TitleMatches
{
    /// <summary>Our own matcher.</summary>
    Own,

    /// <summary>The matches that the replies' publisher recorded beside them.</summary>
    Recorded,
}

/// <summary>Options of a language model's row; the row's name is the model's.</summary>
public sealed record LlmOptions
{
    [Option("where its replies come from: the dataset's llm/<model>.jsonl")]
    public ReplySource Replies { get; init; } = ReplySource.Recorded;

    [Option("how titles become items: by our own matcher, or as the replies' publisher recorded it")]
    public TitleMatches Matches { get; init; } = TitleMatches.Own;
}
