using Trainers;

namespace Data.Importers.Conversations;

/// <summary>What every format does alike: one file per split, turns with ids of their own, and the replies that were recorded to them.</summary>
/// <param name="name">of the source, e.g. <c>redial</c>; prefixes its users</param>
/// <param name="licence">one line</param>
/// <param name="files">of the folder</param>
/// <param name="notes">told the counts</param>
/// <param name="cancellation">looked at between rows</param>
internal sealed class ConversationReading(string name, string licence, ConversationFiles files, ImportNotes notes, CancellationToken cancellation)
{
    private readonly Dictionary<Split, (string File, IReadOnlyList<string?> Ids)> _rows = [];
    private readonly HashSet<ConversationFile> _known = [];

    /// <summary>Of all splits so far.</summary>
    public TurnCollector Turns { get; } = new();

    /// <summary>Adds the turns of a file in the format of He et al. (2023).</summary>
    /// <param name="turns">the file's rows</param>
    /// <param name="linker">finds the items</param>
    /// <param name="namelessSeekers">the dataset names no users at all: each dialogue stands for its own</param>
    public void Link(TurnFile turns, ITurnLinker linker, bool namelessSeekers = false) =>
        _rows[turns.File.Split] = (turns.File.Name, turns.Link(name, namelessSeekers, linker, Turns, notes));

    /// <summary>Those of the files whose split no better file has: turns win over dialogues, and dialogues over tables.</summary>
    public IEnumerable<ConversationFile> Unread(IEnumerable<ConversationFile> candidates)
    {
        foreach (ConversationFile file in candidates)
        {
            _known.Add(file);
            if (files.BetterThan(file) is { } better)
                notes.Count(file.Name, $"turns taken: {better.Name} has this split", 0);
            else
                yield return file;
        }
    }

    /// <summary>Ends the reading: the turns by split, and the replies to them.</summary>
    /// <exception cref="UserErrorException">Replies belong to rows that are not there.</exception>
    public ConversationSource Source(IReadOnlyList<SourceItem> items)
    {
        var replies = new SortedDictionary<string, IReadOnlyList<LlmReply>>(StringComparer.Ordinal);
        foreach (ConversationFile file in files.Replies)
        {
            if (!_rows.TryGetValue(file.Split, out (string File, IReadOnlyList<string?> Ids) rows))
                throw new UserErrorException($"the replies refer to rows of turns.{file.SplitName}.jsonl, which is missing: put it beside them", file.Path);
            IReadOnlyList<LlmReply> read = ReplyFile.Read(file, rows.Ids, rows.File, notes, cancellation);
            replies[file.Model!] = replies.TryGetValue(file.Model!, out IReadOnlyList<LlmReply>? before) ? [.. before, .. read] : read;
        }

        foreach (ConversationFile file in files.Dialogues.Concat(files.Tables).Where(file => !_known.Contains(file)))
            notes.Count(file.Name, $"turns taken: it is no file of {name} as this folder has it", 0);
        return new ConversationSource(name, items, [.. Turns.Turns.OrderBy(turn => turn.Split)], replies, licence, notes.ToList());
    }
}
