using System.Globalization;
using System.Text;

namespace Workbench.Reports;

/// <summary>The data, the protocol and the circumstances, so that somebody else can reach the same figures.</summary>
internal static class ProvenanceTables
{
    internal static void Write(StringBuilder text, Leaderboard leaderboard, bool withTimes)
    {
        LeaderboardDataset dataset = leaderboard.Dataset;
        text.Append("## Data\n\n| | |\n|---|---|\n");
        Line(text, "dataset", dataset.Name + (dataset.Synthetic ? " (synthetic)" : ""));
        Line(text, "fingerprint", dataset.Fingerprint);
        Line(text, "sources", string.Join("; ", dataset.Sources));
        Line(text, "licences", string.Join("; ", dataset.Licences));
        if (dataset.Linking is { } linking)
            Line(text, "linking", linking);
        foreach ((string name, long count) in dataset.Counts)
            Line(text, name, count.ToString("N0", CultureInfo.InvariantCulture));
        Line(text, "density of the ratings", dataset.Density.ToString("0.000 %", CultureInfo.InvariantCulture));

        text.Append("\n## Protocol\n\n| | |\n|---|---|\n");
        foreach ((string name, string value) in leaderboard.Provenance.Settings)
            Line(text, name, value);

        if (leaderboard.Rows.Any(row => row.LearnedFrom is not null))
        {
            text.Append("\n## What rows learned from\n\n| row | learned from |\n|---|---|\n");
            foreach (LeaderboardRow row in leaderboard.Rows.Where(row => row.Status == LeaderboardRow.Ok))
                Line(text, row.Row, row.LearnedFrom ?? "nothing");
        }

        if (leaderboard.Notes.Count > 0)
        {
            text.Append("\n## Notes\n\n");
            foreach (string note in leaderboard.Notes)
                text.Append(CultureInfo.InvariantCulture, $"- {Cell.Escape(note)}\n");
        }

        if (!withTimes)
            return;
        text.Append("\n## Circumstances\n\n| | |\n|---|---|\n");
        foreach ((string name, string value) in leaderboard.Provenance.Versions)
            Line(text, name, value);
        Line(text, "machine", leaderboard.Provenance.Machine);
        Line(text, "time", Cell.Seconds(leaderboard.Provenance.Seconds) + " s");
        Line(text, "peak memory", (leaderboard.Provenance.PeakMemoryBytes / 1e6).ToString("0", CultureInfo.InvariantCulture) + " MB");
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(name)} | {Cell.Escape(value)} |\n");
}
