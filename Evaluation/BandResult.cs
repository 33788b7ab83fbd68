namespace Evaluation;

/// <summary>A metric's mean over the targets of one band.</summary>
/// <param name="Name"><c>hit@5</c></param>
/// <param name="Mean">over the band's units</param>
/// <param name="StandardError">sd with N - 1 over sqrt(N); NaN for a single unit</param>
public sealed record BandMetric(string Name, double Mean, double StandardError);

/// <summary>What a row is worth on targets of one popularity, per-item units.</summary>
/// <param name="Band">which items these are</param>
/// <param name="Units">how many targets are in the band</param>
/// <param name="Metrics">empty if none is</param>
public sealed record BandResult(PopularityBand Band, int Units, IReadOnlyList<BandMetric> Metrics);
