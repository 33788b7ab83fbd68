namespace Evaluation.Significance;

/// <summary>A row against a baseline in one metric.</summary>
/// <param name="Metric"><c>hit@5</c></param>
/// <param name="Difference">mean of row minus baseline</param>
/// <param name="StandardError">of the difference, over units</param>
/// <param name="Interval">bootstrap interval of the difference, over units</param>
/// <param name="Randomisation">flips whole conversations if the holdout knows them</param>
/// <param name="Wilcoxon">over units</param>
public sealed record PairedComparison(
    string Metric, double Difference, double StandardError, Interval Interval, PairedTest Randomisation, WilcoxonResult Wilcoxon)
{
    /// <summary>Compares two rows judged on the same holdout under the same protocol.</summary>
    /// <param name="row">the row</param>
    /// <param name="baseline">what it is compared with</param>
    /// <param name="protocol">e.g. <c>per-turn</c></param>
    /// <param name="metric">e.g. <c>hit@5</c></param>
    /// <param name="seed">of flips and resamples</param>
    /// <param name="flips">of the randomisation test</param>
    /// <param name="resamples">of the bootstrap; 0 for no interval</param>
    /// <exception cref="EvaluationException">They were not judged on the same units.</exception>
    public static PairedComparison Of(
        EvaluationResult row, EvaluationResult baseline, string protocol, string metric, ulong seed, int flips = 10_000, int resamples = 1000)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(baseline);
        ProtocolResult mine = row[protocol];
        ProtocolResult theirs = baseline[protocol];
        if (!SameUnits(row, mine, baseline, theirs))
            throw new EvaluationException($"`{row.Holdout.Name}` and `{baseline.Holdout.Name}` differ in their units: rows are compared on the same ones only");

        double[] values = mine.ValuesOf(metric);
        double[] others = theirs.ValuesOf(metric);
        int[] clusters = row.Holdout.Clusters is { } of ? [.. mine.Units.Queries.Select(query => of[query])] : [];
        double[] differences = Differences.Of(values, others);
        double mean = differences.Average();
        double squares = differences.Sum(difference => (difference - mean) * (difference - mean));
        return new PairedComparison(
            metric,
            mean,
            Math.Sqrt(squares / (differences.Length - 1) / differences.Length),
            Bootstrap.Of(differences, seed, resamples),
            RandomisationTest.Run(values, others, seed, flips, clusters),
            WilcoxonTest.Run(values, others));
    }

    private static bool SameUnits(EvaluationResult row, ProtocolResult mine, EvaluationResult baseline, ProtocolResult theirs)
    {
        if (ReferenceEquals(row.Holdout, baseline.Holdout))
            return true;
        return mine.Units.Queries.Select(query => row.Holdout.QueryIds[query]).SequenceEqual(theirs.Units.Queries.Select(query => baseline.Holdout.QueryIds[query]))
            && (mine.Units.Targets ?? []).AsSpan().SequenceEqual(theirs.Units.Targets ?? [])
            && row.Holdout.ItemCount == baseline.Holdout.ItemCount;
    }
}
