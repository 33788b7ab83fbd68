namespace Data.Storage;

/// <summary>The names in a linked dataset's folder.</summary>
internal static class DatasetFiles
{
    public const string Manifest = "dataset.yaml";
    public const string Items = "items.csv";

    /// <summary>Only if some user has no interaction, or their order is not that of interactions.csv.</summary>
    public const string Users = "users.csv";
    public const string Interactions = "interactions.csv";
    public const string CompressedInteractions = "interactions.csv.gz";
    public const string Conversations = "conversations.jsonl";
    public const string Replies = "llm";
    public const string ReplyEnding = ".jsonl";
    public const string CacheFolder = ".cache";
    public const string Cache = "interactions.bin";

    public static string CachePath(string folder) => Path.Combine(folder, CacheFolder, Cache);

    /// <summary>A model's file under llm/: what is no letter, digit, '.', '-' or '_' is percent-encoded, a leading dot too.</summary>
    public static string ReplyFile(string model)
    {
        string name = Uri.EscapeDataString(model).Replace("~", "%7E", StringComparison.Ordinal);
        return (name.StartsWith('.') ? "%2E" + name[1..] : name) + ReplyEnding;
    }

    /// <summary>The inverse of <see cref="ReplyFile"/>.</summary>
    public static string ModelOf(string path) => Uri.UnescapeDataString(Path.GetFileName(path)[..^ReplyEnding.Length]);
}
