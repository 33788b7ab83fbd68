namespace Workbench.Reranking.Fusion.Boosting;

/// <summary>How trees grow.</summary>
internal sealed record BoostingSettings
{
    internal int Trees { get; init; } = 100;

    internal int Depth { get; init; } = 4;

    internal double Rate { get; init; } = 0.12;

    internal double Ridge { get; init; } = 3;

    /// <summary>Of a leaf: about as many targets' worth of doubt.</summary>
    internal double LeastCurvature { get; init; } = 2;

    internal double LeastGain { get; init; } = 0.2;
}
