using Data;
using Data.Importers.Conversations;

namespace Workbench.Llm.Embeddings;

/// <summary>What is to be embedded of items and of conversations.</summary>
public static class ItemTexts
{
    private static readonly string[] NoText = [InspiredTitles.Column];

    /// <summary>Title and year, genres, and every further column of items.csv, such as other titles, people and plot.</summary>
    public static string Of(Item item) => string.Join(". ",
        ((string[])[item.TitleWithYear, string.Join(", ", item.Genres), .. item.More.Where(column => !NoText.Contains(column.Key)).OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => column.Value.Replace('|', ','))])
        .Where(part => part.Length > 0));

    /// <summary>What was said before the turn, oldest first.</summary>
    public static string Of(Turn turn) => string.Join('\n', turn.Context.Select(said => said.Text));
}
