using System.Text.RegularExpressions;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>One file of a folder of conversations.</summary>
/// <param name="Path">where it is</param>
/// <param name="SplitName">train, valid or test</param>
/// <param name="Split">the same</param>
/// <param name="Model">of recorded replies</param>
internal sealed record ConversationFile(string Path, string SplitName, Split Split, string? Model = null)
{
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>The files of a folder: turns, dialogues, tables and recorded replies, each by split, in the order train, valid, test.</summary>
internal sealed partial record ConversationFiles(
    string Folder,
    IReadOnlyList<ConversationFile> Turns,
    IReadOnlyList<ConversationFile> Dialogues,
    IReadOnlyList<ConversationFile> Tables,
    IReadOnlyList<ConversationFile> Replies)
{
    /// <exception cref="UserErrorException">The folder is missing or holds no conversations, or a split has no known name.</exception>
    public static ConversationFiles In(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException("no such folder: give the folder that holds turns.<split>.jsonl or dialogues.<split>.jsonl", folder);
        var files = new ConversationFiles(folder, Named(folder, Turn()), Named(folder, Dialogue()), Named(folder, Table()), Named(folder, Reply()));
        if (files.Turns.Count + files.Dialogues.Count + files.Tables.Count == 0)
        {
            throw new UserErrorException(
                "no conversations here: expected turns.<split>.jsonl, dialogues.<split>.jsonl, INSPIRED's <split>.tsv or Reddit-Movie's <split>.csv (split: train, valid or test)", folder);
        }

        foreach (IReadOnlyList<ConversationFile> kind in new[] { files.Turns, files.Dialogues, files.Tables })
        {
            if (kind.GroupBy(file => file.Split).FirstOrDefault(split => split.Count() > 1) is { } twice)
                throw new UserErrorException($"{string.Join(" and ", twice.Select(file => file.Name))} are of one split: remove all but one", folder);
        }

        return files;
    }

    /// <summary>The file whose turns are taken in place of another's of its split; null if there is none.</summary>
    public ConversationFile? BetterThan(ConversationFile file) =>
        Turns.FirstOrDefault(better => better.Split == file.Split)
        ?? (Tables.Contains(file) ? Dialogues.FirstOrDefault(better => better.Split == file.Split) : null);

    private static IReadOnlyList<ConversationFile> Named(string folder, Regex pattern) =>
    [
        .. from path in Directory.EnumerateFiles(folder)
           let match = pattern.Match(System.IO.Path.GetFileName(path))
           where match.Success
           let split = SplitOf(match.Groups["split"].Value, path)
           orderby split.Split, match.Groups["model"].Value, path
           select new ConversationFile(path, split.Name, split.Split, match.Groups["model"] is { Success: true } model ? model.Value : null),
    ];

    private static (string Name, Split Split) SplitOf(string name, string path) => name switch
    {
        "train" => ("train", Split.Train),
        "valid" or "validation" or "dev" => ("valid", Split.Validation),
        "test" => ("test", Split.Test),
        _ => throw new UserErrorException($"\"{name}\" is no split: name the file after train, valid or test", path),
    };

    [GeneratedRegex(@"^turns\.(?<split>[^.]+)\.jsonl$", RegexOptions.CultureInvariant)]
    private static partial Regex Turn();

    [GeneratedRegex(@"^dialogues\.(?<split>[^.]+)\.jsonl$", RegexOptions.CultureInvariant)]
    private static partial Regex Dialogue();

    [GeneratedRegex(@"^(?<split>train|dev|valid|validation|test)\.[ct]sv$", RegexOptions.CultureInvariant)]
    private static partial Regex Table();

    [GeneratedRegex(@"^llm\.(?<model>.+)\.(?<split>[^.]+)\.jsonl$", RegexOptions.CultureInvariant)]
    private static partial Regex Reply();
}
