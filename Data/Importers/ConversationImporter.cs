using Data.Importers.Conversations;
using Trainers;

namespace Data.Importers;

/// <summary>
/// Reads a folder of conversations and finds its format from the files: <c>turns.&lt;split&gt;.jsonl</c> in the format of He et al. (2023), or
/// <c>dialogues.&lt;split&gt;.jsonl</c> as ReDIAL or INSPIRED publish them, with the side files that ReDIAL, INSPIRED and Reddit-Movie
/// use, and <c>llm.&lt;model&gt;.&lt;split&gt;.jsonl</c> as recorded replies. Splits are train, valid and test. A split's turns win over its dialogues.
/// </summary>
public static class ConversationImporter
{
    /// <exception cref="UserErrorException">A file is missing or damaged; the message says which line and what to do.</exception>
    /// <exception cref="OperationCanceledException">The import was cancelled.</exception>
    public static ConversationSource Open(string folder, ConversationImportOptions? options = null, CancellationToken cancellation = default)
    {
        var files = ConversationFiles.In(folder);
        var notes = new ImportNotes((options ?? new ConversationImportOptions()).SkipBadRows);
        return RedialMovies.AreIn(folder) ? Redial(files, notes, cancellation) : ByEntity(files, notes, cancellation);
    }

    private static ConversationSource Redial(ConversationFiles files, ImportNotes notes, CancellationToken cancellation)
    {
        var movies = RedialMovies.Load(files.Folder, notes);
        var turns = new TurnCollector();
        var ids = new Dictionary<Split, LinkedRows>();
        if (files.Turns.Count > 0)
        {
            var entities = EntityTable.Load(files.Folder, files.Turns[0].Name);
            var linker = new RedialTurnLinker(movies, entities, notes);
            foreach (ConversationFile file in files.Turns)
                ids[file.Split] = new LinkedRows(file.Name, TurnFile.Read(file, entities, notes, cancellation).Link("redial", namelessSeekers: false, linker, turns, notes));
        }

        var dialogues = new RedialDialogues(movies, notes);
        foreach (ConversationFile file in WithoutTurns(files, notes))
        {
            if (IsInspired(file))
                throw new UserErrorException($"INSPIRED's dialogues beside ReDIAL's {RedialMovies.NamesFile}: keep each dataset in a folder of its own", file.Path);
            dialogues.Read(file, turns, cancellation);
        }

        return Source("redial", "ReDIAL (Li et al. 2018): CC BY 4.0", files, movies.Items, turns, ids, notes, cancellation);
    }

    private static ConversationSource ByEntity(ConversationFiles files, ImportNotes notes, CancellationToken cancellation)
    {
        if (files.Dialogues.FirstOrDefault(file => !IsInspired(file)) is { } redial)
            throw new UserErrorException($"ReDIAL's dialogues need {RedialMovies.NamesFile} or {RedialMovies.InfoFile} beside them: copy one from the dataset's source", redial.Path);
        var entities = EntityTable.Load(files.Folder, (files.Turns.Count > 0 ? files.Turns : files.Dialogues)[0].Name);
        TurnFile[] rows = [.. files.Turns.Select(file => TurnFile.Read(file, entities, notes, cancellation))];
        bool reddit = ImdbCatalogue.Fits(entities);
        var votes = new MovieVotes();
        var dialogues = new List<InspiredDialogues>();
        foreach (ConversationFile file in files.Dialogues)
        {
            // The dialogues of a split that has turns are read for the years of films only.
            InspiredDialogues read = InspiredDialogues.Read(file, notes, cancellation);
            read.Vote(votes);
            dialogues.Add(read);
        }

        EntityCatalogue catalogue = reddit
            ? ImdbCatalogue.Build(entities, notes)
            : InspiredCatalogue.Build(entities, rows.SelectMany(file => file.Rows).OfType<TurnRow>(), votes, notes);
        var linker = new EntityTurnLinker(catalogue, notes);
        var turns = new TurnCollector();
        var unread = WithoutTurns(files, notes).ToHashSet();
        foreach (InspiredDialogues file in dialogues.Where(file => unread.Contains(file.File)))
            file.Link(entities, linker, turns, notes);
        (string name, string licence) = reddit
            ? ("reddit-movie", "Reddit-Movie (He et al. 2023): for research use only")
            : ("inspired", "INSPIRED (Hayati et al. 2020), turns by He et al. 2023: see the licence of the source");
        var ids = rows.ToDictionary(file => file.File.Split, file => new LinkedRows(file.File.Name, file.Link(name, namelessSeekers: !reddit, linker, turns, notes)));
        return Source(name, licence, files, catalogue.Items, turns, ids, notes, cancellation);
    }

    private static IEnumerable<ConversationFile> WithoutTurns(ConversationFiles files, ImportNotes notes)
    {
        foreach (ConversationFile file in files.Dialogues)
        {
            if (files.Turns.FirstOrDefault(turns => turns.Split == file.Split) is { } turns)
                notes.Count(file.Name, $"turns taken: {turns.Name} has this split", 0);
            else
                yield return file;
        }
    }

    private static ConversationSource Source(
        string name,
        string licence,
        ConversationFiles files,
        IReadOnlyList<SourceItem> items,
        TurnCollector turns,
        Dictionary<Split, LinkedRows> rows,
        ImportNotes notes,
        CancellationToken cancellation)
    {
        var replies = new SortedDictionary<string, IReadOnlyList<LlmReply>>(StringComparer.Ordinal);
        foreach (ConversationFile file in files.Replies)
        {
            if (!rows.TryGetValue(file.Split, out LinkedRows? linked))
                throw new UserErrorException($"the replies refer to rows of turns.{file.SplitName}.jsonl, which is missing: put it beside them", file.Path);
            IReadOnlyList<LlmReply> read = ReplyFile.Read(file, linked.Ids, linked.Name, notes, cancellation);
            replies[file.Model!] = replies.TryGetValue(file.Model!, out IReadOnlyList<LlmReply>? before) ? [.. before, .. read] : read;
        }

        Turn[] ordered = [.. turns.Turns.OrderBy(turn => turn.Split)];
        return new ConversationSource(name, items, ordered, replies, licence, notes.ToList());
    }

    /// <summary>INSPIRED's lines are lists, ReDIAL's are objects.</summary>
    private static bool IsInspired(ConversationFile file)
    {
        using StreamReader reader = new(file.Path);
        int first;
        do
            first = reader.Read();
        while (first >= 0 && char.IsWhiteSpace((char)first));
        return first == '[';
    }

    private sealed record LinkedRows(string Name, IReadOnlyList<string?> Ids);
}
