using System.Globalization;
using Trainers.Options;

namespace Workbench.Reports.References;

/// <summary>Whether a leaderboard was measured on what published figures were measured on.</summary>
internal static class ReferenceMatch
{
    /// <summary>Catalogues that differ by more are not the same: links come and go with the releases of their sources.</summary>
    private const double ItemsApart = 0.02;

    /// <summary>The same conversations, of real people, and the same task; else the figures are of no interest.</summary>
    internal static bool IsRelated(ReferenceTable table, Leaderboard leaderboard) =>
        leaderboard.Task == "conversation" && !leaderboard.Dataset.Synthetic && SourcesOf(leaderboard).Contains(table.Dataset.Sources[0]);

    /// <summary>What is not the same, in words; empty if figures may stand beside each other.</summary>
    internal static IReadOnlyList<string> Differences(ReferenceTable table, Leaderboard leaderboard)
    {
        var found = new List<string>();
        string[] ours = SourcesOf(leaderboard);
        if (!ours.Order(StringComparer.Ordinal).SequenceEqual(table.Dataset.Sources.Order(StringComparer.Ordinal)))
            found.Add($"the data are {string.Join(" and ", ours)}, not {string.Join(" and ", table.Dataset.Sources)}");
        if (leaderboard.Dataset.Counts.TryGetValue("items in the catalogue", out long items) && Math.Abs(items - table.Dataset.Items) > ItemsApart * table.Dataset.Items)
            found.Add(string.Create(CultureInfo.InvariantCulture, $"the catalogue has {items:N0} items, not {table.Dataset.Items:N0}"));
        Setting("catalogue", table.Dataset.Catalogue, "the candidates are those of");
        Setting("evaluated on", table.Dataset.Split, "rows are evaluated on");
        if (!table.Rows.Any(row => leaderboard.Protocols.Contains(row.Protocol)))
            found.Add($"the protocol is {string.Join(" and ", leaderboard.Protocols)}");
        if (!table.Rows.Any(row => row.Figures.Keys.Any(leaderboard.Metrics.Contains)))
            found.Add($"none of {string.Join(", ", table.Rows[0].Figures.Keys)} is measured");
        return found;

        void Setting(string name, string theirs, string words)
        {
            if (leaderboard.Provenance.Settings.TryGetValue(name, out string? value) && value != theirs)
                found.Add($"{words} `{value}`, not `{theirs}`");
        }
    }

    /// <summary>Our rows that are the same model.</summary>
    internal static IEnumerable<LeaderboardRow> Ours(ReferenceRow row, Leaderboard leaderboard) => row.Ours.Count == 0 ? [] : leaderboard.Rows
        .Where(ours => ours.Status == LeaderboardRow.Ok && row.Ours.All(part => (part.Key == "method" ? MethodOf(ours) : OptionOf(ours, part.Key)) == part.Value));

    /// <summary>A reranked row is named by its reranker, others by what stands before their options.</summary>
    private static string MethodOf(LeaderboardRow row) => OptionOf(row, "reranker") ?? (row.Options.ContainsKey("control") ? "" : row.Row.Split(" (")[0]);

    private static string? OptionOf(LeaderboardRow row, string name) => row.Options.TryGetValue(name, out object? value) ? OptionText.Of(value) : null;

    /// <summary>By the names that importers give: <c>ml-32m (ratings)</c> is ml-32m.</summary>
    private static string[] SourcesOf(Leaderboard leaderboard) => [.. leaderboard.Dataset.Sources.Select(source => source.Split(" (")[0]).Distinct()];
}
