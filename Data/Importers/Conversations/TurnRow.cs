using System.Text.Json;

namespace Data.Importers.Conversations;

/// <summary>One row of turns.&lt;split&gt;.jsonl: a reply with what came before it, in the format of He et al. (2023).</summary>
/// <param name="Row">where it stands</param>
/// <param name="Dialog"><c>dialog_id</c></param>
/// <param name="Turn"><c>turn_id</c></param>
/// <param name="Context">what was said before, oldest first, blank entries left out</param>
/// <param name="Reply"><c>resp</c></param>
/// <param name="Rec">entities that the reply recommends</param>
/// <param name="Previous">entities linked in the context: items, people, genres; in no particular order</param>
/// <param name="User">the seeker, if known</param>
/// <param name="Time">Unix seconds, if known</param>
internal sealed record TurnRow(
    RowPlace Row,
    string Dialog,
    string Turn,
    IReadOnlyList<(Role Role, string Text)> Context,
    string Reply,
    string[] Rec,
    string[] Previous,
    string? User,
    long? Time)
{
    /// <summary>Reads a row; null if it is none to predict: said by the seeker, or naming no item.</summary>
    /// <remarks>He et al. predict rows with <c>is_user</c> = 0 and a non-empty <c>rec</c>: what the recommender recommends.</remarks>
    public static TurnRow? Read(JsonRow row, EntityTable entities, ImportNotes notes)
    {
        JsonElement root = row.Root;
        string file = Path.GetFileName(row.File);
        string[] rec = row.Texts(root, "rec");
        string[] previous = row.Texts(root, "prev_entity");
        Check(row, "rec", rec, entities);
        Check(row, "prev_entity", previous, entities);

        if (row.Number(root, "is_user") != 0)
        {
            notes.Count(file, "rows said by the seeker, not predicted");
            return null;
        }

        if (rec.Length == 0)
        {
            notes.Count(file, "rows that recommend nothing, not predicted");
            return null;
        }

        int items = rec.Count(entities.IsItem);
        if (items < rec.Length)
            notes.Count(file, "recommended entities that are no item, not predicted", rec.Length - items);
        return new TurnRow(
            new RowPlace(row.File, row.Line, row.Index),
            row.Text(root, "dialog_id"),
            row.Text(root, "turn_id"),
            SpeakerRoles.Assign(row, row.Texts(root, "context"), row.OptionalText(root, "input")),
            row.Text(root, "resp"),
            [.. rec.Where(entities.IsItem)],
            previous,
            row.OptionalText(root, "user_id"),
            row.OptionalText(root, "utc_time") is null ? null : row.Number(root, "utc_time"));
    }

    private static void Check(JsonRow row, string field, string[] ids, EntityTable entities)
    {
        foreach (string id in ids)
        {
            if (!entities.Knows(id))
                throw row.Error($"entity {id} of `{field}` is not in {EntityTable.NamesFile}: take both files from one version of the dataset");
        }
    }
}

/// <summary>Where a row stands.</summary>
/// <param name="File">its path</param>
/// <param name="Line">1-based</param>
/// <param name="Index">0-based</param>
internal readonly record struct RowPlace(string File, long Line, int Index);
