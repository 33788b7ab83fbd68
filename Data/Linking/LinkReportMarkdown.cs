using System.Globalization;
using System.Text;

namespace Data.Linking;

/// <summary>The link report as text: the same result gives the same bytes, in any culture.</summary>
internal static class LinkReportMarkdown
{
    public static string Of(LinkReport report)
    {
        var text = new StringBuilder();
        text.Append("# Link report\n\n");
        if (report.Conversations is { } conversations)
        {
            text.Append("| items of ").Append(Cell(conversations)).Append(" | count |\n|---|---:|\n");
            Row(text, "all", report.ConversationItems);
            Row(text, "linked by IMDb id", report.CountOf(LinkStage.ImdbId));
            Row(text, "linked by title and year", report.CountOf(LinkStage.TitleAndYear));
            Row(text, "linked by title, years one apart", report.CountOf(LinkStage.YearOff));
            Row(text, "linked by title alone", report.CountOf(LinkStage.TitleAlone));
            Row(text, "linked in all", report.Links.Count);
            Row(text, "linked and with at least one rating", report.WithRatings);
            Row(text, "ambiguous, refused", report.Ambiguous.Count);
            Row(text, "id and title contradict each other, refused", report.Contradicted.Count);
            Row(text, "unlinked", report.Unlinked.Count);
            Row(text, "duplicates merged into another item", report.Merged.Sum(merged => merged.Titles.Count - 1));
            text.Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"Rated movies: {report.RatedMovies:N0}.\n\n");
        text.Append("| | interactions | users | items | density |\n|---|---:|---:|---:|---:|\n");
        foreach (DatasetCounts counts in report.Counts)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(counts.Name)} | {counts.Interactions:N0} | {counts.Users:N0} | {counts.Items:N0} | ")
                .Append((counts.Density * 100).ToString("0.000", CultureInfo.InvariantCulture)).Append(" % |\n");
        }

        text.Append("\nUsers and items are those with at least one interaction; density is interactions / (users x items).\n");
        List(text, "Ambiguous", report.Ambiguous);
        List(text, "Id and title contradict each other", report.Contradicted);
        List(text, "Ambiguous between sources of ratings", report.AmbiguousRated);
        if (report.Merged.Count > 0)
        {
            text.Append("\n## Merged\n\n");
            foreach (MergedItems merged in report.Merged)
                text.Append("- ").AppendJoin(" = ", merged.Titles.Select(Cell)).Append('\n');
        }

        List(text, "Unlinked", report.Unlinked);
        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, int count) =>
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {count:N0} |\n");

    private static void List(StringBuilder text, string heading, IReadOnlyList<ItemLeftAlone> items)
    {
        if (items.Count == 0)
            return;
        text.Append("\n## ").Append(heading).Append("\n\n");
        foreach (ItemLeftAlone item in items)
        {
            text.Append("- ").Append(Cell(item.Title)).Append(" [").Append(Cell(item.Id)).Append(']');
            if (item.Candidates.Count > 0)
                text.Append(": ").AppendJoin("; ", item.Candidates.Select(Cell));
            text.Append('\n');
        }
    }

    /// <summary>Titles are other people's text: nothing in them may end a row or a line.</summary>
    private static string Cell(string text) => text.Replace('\n', ' ').Replace('\r', ' ').Replace("|", "\\|", StringComparison.Ordinal);
}
