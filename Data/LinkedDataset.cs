using Trainers;

namespace Data;

/// <summary>Conversations and ratings over one list of items: what every later stage reads.</summary>
/// <param name="Name">as in dataset.yaml</param>
/// <param name="Items">I items; their positions are the item numbers of everything else</param>
/// <param name="Users">U raters, prefixed by their source, e.g. <c>ml-1m:42</c></param>
/// <param name="Ratings">U x I</param>
/// <param name="Turns">in the order of conversations.jsonl</param>
/// <param name="Replies">by model, in the order of the file</param>
/// <param name="Provenance">what dataset.yaml says of the sources</param>
public sealed record LinkedDataset(
    string Name,
    IReadOnlyList<Item> Items,
    IReadOnlyList<string> Users,
    Interactions Ratings,
    IReadOnlyList<Turn> Turns,
    IReadOnlyDictionary<string, IReadOnlyList<LlmReply>> Replies,
    DatasetProvenance Provenance);

/// <summary>Where a dataset comes from, for reports.</summary>
/// <param name="Synthetic">true if generated: every report says so</param>
/// <param name="Sources">e.g. <c>ml-1m (ratings), redial (conversations)</c></param>
/// <param name="Licences">one line per source</param>
/// <param name="Linking">how items were linked, in words; null if nothing was linked</param>
/// <param name="Fingerprint">of the content, lower-case hexadecimal; the same content has the same, wherever it lies</param>
public sealed record DatasetProvenance(
    bool Synthetic,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Licences,
    string? Linking,
    string Fingerprint);
