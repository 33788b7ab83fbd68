namespace Evaluation.Metrics;

/// <summary>What one unit is worth, from the ranks of its targets alone.</summary>
public interface IMetric
{
    /// <summary>As in YAML and, followed by <c>@k</c>, in reports.</summary>
    string Name { get; }

    /// <summary>One sentence.</summary>
    string Doc { get; }

    /// <summary>A value in [0, 1], greater is better. Ranks beyond k are not looked at; if all are, it is 0.</summary>
    /// <param name="ranks">one rank per target, 1-based, ascending; <see cref="int.MaxValue"/> if it is not in the list; at least one</param>
    /// <param name="k">the cut-off, at least 1</param>
    double Value(ReadOnlySpan<int> ranks, int k);
}
