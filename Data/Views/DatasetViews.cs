using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainers;

namespace Data.Views;

/// <summary>The linked dataset as ML.NET sees it.</summary>
public static class DatasetViews
{
    /// <summary>One row per interaction: User and Item (keys with key values), Rating, Timestamp.</summary>
    /// <param name="users">names of the U users</param>
    /// <param name="items">the I items; key values are titles with years</param>
    public static IDataView OfInteractions(Interactions interactions, IReadOnlyList<string> users, IReadOnlyList<Item> items) =>
        new InteractionsView(interactions, users, items);

    /// <summary>One row per turn: Turn, Conversation, Context (texts), Mentioned, Targets and LlmItems (key vectors).</summary>
    /// <param name="llmItems">per turn the items that a language model named, best first; null for none</param>
    public static IDataView OfTurns(IReadOnlyList<Turn> turns, IReadOnlyList<Item> items, IReadOnlyList<int[]>? llmItems = null)
    {
        KeyDataViewType type = KeyColumns.Type(items.Count);
        DataViewSchema.Annotations names = ItemNames(items);
        return new ColumnarView(
            turns.Count,
            KeyColumns.Text(ColumnNames.Turn, row => turns[row].Id),
            KeyColumns.Text(ColumnNames.Conversation, row => turns[row].Conversation),
            KeyColumns.Text(ColumnNames.Context, row => Written(turns[row].Context)),
            KeyColumns.Vector(ColumnNames.Mentioned, type, names, row => turns[row].Mentioned),
            KeyColumns.Vector(ColumnNames.Targets, type, names, row => turns[row].Targets),
            KeyColumns.Vector(ColumnNames.LlmItems, type, names, row => llmItems?[row] ?? []));
    }

    /// <summary>One row per user to recommend to: User, Mentioned (the history, oldest first), Targets and an empty LlmItems.</summary>
    public static IDataView OfHistories(IReadOnlyList<string> users, IReadOnlyList<Item> items, IReadOnlyList<int[]> histories, IReadOnlyList<int[]> targets)
    {
        KeyDataViewType type = KeyColumns.Type(items.Count);
        DataViewSchema.Annotations names = ItemNames(items);
        return new ColumnarView(
            users.Count,
            KeyColumns.Scalar(ColumnNames.User, KeyColumns.Type(users.Count), KeyColumns.KeyValues(users), row => row),
            KeyColumns.Vector(ColumnNames.Mentioned, type, names, row => histories[row]),
            KeyColumns.Vector(ColumnNames.Targets, type, names, row => targets[row]),
            KeyColumns.Vector(ColumnNames.LlmItems, type, names, _ => ReadOnlyMemory<int>.Empty));
    }

    internal static DataViewSchema.Annotations ItemNames(IReadOnlyList<Item> items) =>
        KeyColumns.KeyValues(new Titles(items));

    /// <summary>The Context column of a turn: a line per utterance, with who says it.</summary>
    public static string Written(IReadOnlyList<Utterance> context)
    {
        var text = new StringBuilder();
        foreach (Utterance said in context)
            text.Append(said.Role == Role.Seeker ? "Seeker: " : "Recommender: ").Append(said.Text).Append('\n');
        return text.ToString();
    }

    /// <summary>Titles with years, made when asked for.</summary>
    private sealed class Titles(IReadOnlyList<Item> items) : IReadOnlyList<string>
    {
        public int Count => items.Count;

        public string this[int index] => items[index].TitleWithYear;

        public IEnumerator<string> GetEnumerator() => items.Select(item => item.TitleWithYear).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
