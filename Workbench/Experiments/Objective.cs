using System.Globalization;

namespace Workbench.Experiments;

/// <summary>What rows are chosen and sorted by: a metric at a cutoff, written <c>ndcg@10</c>.</summary>
public sealed record Objective(string Metric, int Cutoff)
{
    internal const string Pattern = "^[a-z][a-z0-9-]*@[1-9][0-9]*$";

    public static bool TryParse(string text, out Objective? objective)
    {
        objective = null;
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || !int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int cutoff) || cutoff < 1)
            return false;
        objective = new Objective(text[..at], cutoff);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Metric}@{Cutoff}");
}
