namespace Data;

/// <summary>A recorded reply of a language model to one turn: one line of llm/&lt;model&gt;.jsonl.</summary>
/// <param name="Turn">id of the turn</param>
/// <param name="Model">e.g. <c>gpt-3.5-turbo</c></param>
/// <param name="Prompt">what was asked</param>
/// <param name="Reply">the text as it came</param>
/// <param name="Tokens">billed in all, if recorded</param>
/// <param name="Matches">titles with the catalogue titles that the publisher of the replies matched them to, if recorded</param>
public sealed record LlmReply(
    string Turn,
    string Model,
    string Prompt,
    string Reply,
    int? Tokens,
    IReadOnlyList<RecordedMatch>? Matches)
{
    /// <summary>Why the reply ended, in the endpoint's words, if it did not simply end: <c>length</c> if it was cut off, <c>content_filter</c> if it was withheld.</summary>
    public string? Finish { get; init; }
}

/// <summary>A publisher's own match of one named title.</summary>
/// <param name="Title">as the model wrote it</param>
/// <param name="Nearest">the nearest name in the publisher's catalogue</param>
/// <param name="Distance">Levenshtein's distance between the two</param>
public sealed record RecordedMatch(string Title, string Nearest, int Distance);
