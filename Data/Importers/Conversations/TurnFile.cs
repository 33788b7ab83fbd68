using Trainers;

namespace Data.Importers.Conversations;

/// <summary>turns.&lt;split&gt;.jsonl, read whole: recorded replies refer to its rows by number.</summary>
/// <param name="File">where it is</param>
/// <param name="Rows">by number; null for rows that are not predicted</param>
internal sealed record TurnFile(ConversationFile File, IReadOnlyList<TurnRow?> Rows)
{
    /// <exception cref="UserErrorException">A row is malformed or names an unknown entity, and bad rows are not skipped.</exception>
    public static TurnFile Read(ConversationFile file, EntityTable entities, ImportNotes notes, CancellationToken cancellation)
    {
        var rows = new List<TurnRow?>();
        foreach (JsonRow row in JsonLines.Read(file.Path, notes, cancellation, skipped: () => rows.Add(null)))
        {
            try
            {
                rows.Add(TurnRow.Read(row, entities, notes));
            }
            catch (UserErrorException error)
            {
                rows.Add(null);
                notes.Refuse(error);
            }
        }

        notes.Count(file.Name, "rows", rows.Count);
        return new TurnFile(file, rows);
    }

    /// <summary>The turns by row, with their items.</summary>
    /// <param name="source">prefixes users: "reddit-movie:42"</param>
    /// <param name="namelessSeekers">the dataset names no users at all: each dialogue stands for its own</param>
    /// <param name="linker">finds the items</param>
    /// <param name="turns">the turns are added to it, in order</param>
    /// <param name="notes">told the counts</param>
    /// <returns>per row the id of its turn, or null</returns>
    public IReadOnlyList<string?> Link(
        string source, bool namelessSeekers, ITurnLinker linker, TurnCollector turns, ImportNotes notes)
    {
        var ids = new string?[Rows.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            if (Rows[i] is not { } row)
                continue;
            TurnItems items = linker.Link(row);
            Utterance[] context = [.. row.Context.Select((said, at) => new Utterance(said.Role, said.Text, items.Context[at]))];
            string conversation = TurnBuilder.ConversationId(File.SplitName, row.Dialog);
            string id = $"{conversation}/{row.Turn}";
            string? user = row.User ?? (namelessSeekers ? conversation : null);
            user = user is null ? null : $"{source}:{user}";
            Turn turn = TurnBuilder.Build(id, conversation, File.Split, user, row.Time, context, items.Unplaced, items.Reply);
            if (turns.Add(turn, File.Name, row.Row, notes))
                ids[i] = id;
        }

        return ids;
    }
}
