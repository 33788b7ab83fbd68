using Evaluation.Metrics;
using Evaluation.Protocols;

namespace Evaluation;

/// <summary>What is measured and how; the same for all rows of a leaderboard.</summary>
public sealed record EvaluationPlan
{
    /// <summary>Names in <see cref="ProtocolCatalog"/>.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [ProtocolCatalog.PerTurn.Name, ProtocolCatalog.PerItem.Name];

    /// <summary>Names in <see cref="MetricCatalog"/>.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = MetricCatalog.Names;

    /// <summary>The k of hit@k; at least 1.</summary>
    public IReadOnlyList<int> Cutoffs { get; init; } = [1, 5, 10, 20];

    /// <summary>Of the bootstrap.</summary>
    public ulong Seed { get; init; }

    /// <summary>0 for no intervals.</summary>
    public int BootstrapResamples { get; init; } = 1000;

    /// <summary>Of the bootstrap intervals.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>I counts: mentions in the fit split. Without them there are no bands, no novelty and no average popularity.</summary>
    public int[]? PopularityCounts { get; init; }

    /// <summary>They should not overlap; a target in none of them is in no band.</summary>
    public IReadOnlyList<PopularityBand> Bands { get; init; } = PopularityBand.Defaults;

    /// <summary>Results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="EvaluationException">Something in it cannot be done with these lists.</exception>
    internal void Check(Holdout holdout, Rankings rankings)
    {
        foreach (string name in Protocols)
            ProtocolCatalog.Get(name);
        foreach (string name in Metrics)
            MetricCatalog.Get(name);
        foreach (int k in Cutoffs)
        {
            if (k < 1)
                throw new EvaluationException($"a cut-off of {k} is less than 1");
            if (k > rankings.Depth && rankings.Depth < rankings.ItemCount)
                throw new EvaluationException($"lists of {rankings.Depth} are too short for the cut-off {k}: rank at least {k} items per query");
        }

        if (Cutoffs.Count == 0 || Metrics.Count == 0 || Cutoffs.Distinct().Count() != Cutoffs.Count || Metrics.Distinct().Count() != Metrics.Count || Protocols.Distinct().Count() != Protocols.Count)
            throw new EvaluationException("a plan names at least one metric and one cut-off, and no protocol, metric or cut-off twice");
        if (BootstrapResamples < 0)
            throw new EvaluationException($"{BootstrapResamples} bootstrap resamples are less than none");
        if (Confidence is not (> 0 and < 1))
            throw new EvaluationException("a confidence is between 0 and 1, e.g. 0.95");
        if (Threads < 1)
            throw new EvaluationException($"{Threads} threads are less than one");
        if (PopularityCounts is not null && PopularityCounts.Length != holdout.ItemCount)
            throw new EvaluationException($"{PopularityCounts.Length} popularity counts are not those of {holdout.ItemCount} items");
        if (holdout.TargetCount == 0)
            throw new EvaluationException($"no query of `{holdout.Name}` has a target in the catalogue: there is nothing to judge on ({holdout.UnreachableTargets} targets are outside it)");
    }
}
