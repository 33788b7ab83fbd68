namespace Workbench.Studies;

/// <summary>A trial that has come to its end.</summary>
/// <param name="Key">of its identity</param>
/// <param name="Kind"><c>row</c>: a row of the leaderboard with one seed; <c>search</c>: a proposal of a search; <c>embeddings</c>: a training whose embeddings rows share; <c>matches</c>: a language model's replies, matched to items; <c>replies</c>: what it was asked for</param>
/// <param name="Label">for people</param>
/// <param name="Failure">why it failed, in one line; null if it did not</param>
/// <param name="Value">of the objective; null where it has none</param>
/// <param name="Seconds">that it took</param>
/// <param name="Artifact">name of what it has made; null if that is nothing</param>
/// <param name="Facts">what else is known of it, as JSON</param>
internal sealed record TrialRecord(string Key, string Kind, string Label, string? Failure, double? Value, double Seconds, string? Artifact, string Facts)
{
    public const string Row = "row";
    public const string Search = "search";
    public const string Embeddings = "embeddings";
    public const string Matches = "matches";
    public const string Replies = "replies";
}

/// <summary>What is to be done about a trial.</summary>
/// <param name="Done">what came of it, if it has been done</param>
/// <param name="Busy">somebody else is doing it; if not, and it is not done, it is the caller's now</param>
internal readonly record struct TrialTaking(TrialRecord? Done, bool Busy)
{
    public bool Mine => Done is null && !Busy;
}
