using Trainers.Options;

namespace Data.Importers;

/// <summary>How conversations are read.</summary>
public sealed record ConversationImportOptions
{
    [Option("leave malformed rows out and count them, instead of refusing the file")]
    public bool SkipBadRows { get; init; }
}
