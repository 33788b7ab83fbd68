namespace Data.Storage;

/// <summary>dataset.yaml: what a linked dataset is, and what its files must hold.</summary>
/// <param name="Name">of the dataset</param>
/// <param name="Synthetic">true if generated</param>
/// <param name="Sources">where it comes from</param>
/// <param name="Licences">one line per source</param>
/// <param name="Linking">how items were linked; null if nothing was linked</param>
/// <param name="Counts">by the names of <see cref="CountNames"/>; those given must be met</param>
/// <param name="Fingerprint">of the content; if given, the content must have it</param>
internal sealed record Manifest(
    string Name,
    bool Synthetic,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Licences,
    string? Linking,
    IReadOnlyDictionary<string, long> Counts,
    string? Fingerprint)
{
    /// <summary>The version of the folder's format that is written; a greater one is not read.</summary>
    public const int Format = 1;

    public static readonly string[] CountNames = ["items", "users", "interactions", "conversations", "turns", "replies"];

    public static Manifest Of(LinkedDataset dataset, string fingerprint) => new(
        dataset.Name,
        dataset.Provenance.Synthetic,
        dataset.Provenance.Sources,
        dataset.Provenance.Licences,
        dataset.Provenance.Linking,
        CountsOf(dataset),
        fingerprint);

    public static Dictionary<string, long> CountsOf(LinkedDataset dataset) => new(StringComparer.Ordinal)
    {
        ["items"] = dataset.Items.Count,
        ["users"] = dataset.Users.Count,
        ["interactions"] = dataset.Ratings.Count,
        ["conversations"] = dataset.Turns.Select(turn => turn.Conversation).Distinct(StringComparer.Ordinal).LongCount(),
        ["turns"] = dataset.Turns.Count,
        ["replies"] = dataset.Replies.Values.Sum(replies => (long)replies.Count),
    };
}
