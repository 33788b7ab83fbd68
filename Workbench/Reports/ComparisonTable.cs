using System.Globalization;
using System.Text;

namespace Workbench.Reports;

/// <summary>Rows beside the rows they have to beat, unit by unit.</summary>
internal static class ComparisonTable
{
    internal static void Write(StringBuilder text, Leaderboard leaderboard)
    {
        if (leaderboard.Rows.All(row => row.Comparisons.Count == 0))
            return;

        text.Append("## Paired comparisons\n\n");
        text.Append("Difference of the means over the same units; two-sided, by a paired randomisation test in which whole conversations are flipped together (p), ");
        text.Append("and by Wilcoxon's signed-rank test over conversations, or units where there are none; ");
        text.Append("both after Holm's correction over all rows compared for the same reason. Significant (p < 0.05) in bold.\n\n");
        text.Append("| row | against | protocol | metric | difference | relative | p | p (Wilcoxon) |\n|---|---|---|---|---:|---:|---:|---:|\n");
        foreach (LeaderboardRow row in leaderboard.Rows)
        {
            foreach (RowComparison comparison in row.Comparisons)
            {
                string difference = Cell.Signed(comparison.Difference);
                text.Append(CultureInfo.InvariantCulture,
                    $"| {Cell.Escape(row.Row)} | {comparison.Role}: {Cell.Escape(comparison.Against)} | {comparison.Protocol} | {comparison.Metric} ");
                text.Append(CultureInfo.InvariantCulture, $"| {(comparison.AdjustedP < 0.05 ? $"**{difference}**" : difference)} | {Cell.Percent(comparison.Relative)} | {Cell.P(comparison.AdjustedP)} | {Cell.P(comparison.AdjustedWilcoxonP)} |\n");
            }
        }

        text.Append('\n');
    }
}
