namespace Workbench.Reranking.Fusion.Features;

/// <summary>One idea: some columns of features of every item for a turn.</summary>
internal abstract class FeatureSource
{
    internal abstract FeatureGroup Group { get; }

    internal abstract IReadOnlyList<string> Names { get; }

    /// <summary>Other groups without which this cannot be, for ablations.</summary>
    internal virtual IReadOnlyList<FeatureGroup> AlsoNeeds => [];

    /// <summary>Reads statistics of dialogues.</summary>
    internal virtual bool NeedsStatistics => false;

    /// <summary>Columns whose greatest items are worth learning from.</summary>
    internal virtual IReadOnlyList<int> Leading => [0];

    /// <param name="turn">the query</param>
    /// <param name="columns">as many as names, I zeros each</param>
    internal abstract void Fill(FusionTurn turn, FeatureColumns columns);

    /// <summary>Divides by the deviation, less the mean: scores of one turn on a common scale.</summary>
    internal static void Standardise(Span<float> values)
    {
        double mean = 0, square = 0;
        foreach (float value in values)
            mean += value;
        mean /= values.Length;
        foreach (float value in values)
            square += (value - mean) * (value - mean);
        double deviation = Math.Sqrt(square / values.Length);
        if (deviation < 1e-9)
        {
            values.Clear();
            return;
        }

        for (int i = 0; i < values.Length; i++)
            values[i] = (float)((values[i] - mean) / deviation);
    }

    /// <summary>1 for the first, less for later ones: the discount of DCG.</summary>
    protected static float Discount(int rank) => (float)(1 / Math.Log2(rank + 2));
}

/// <summary>Columns of one source in a table F x I.</summary>
internal readonly ref struct FeatureColumns(Span<float> values, int itemCount)
{
    private readonly Span<float> _values = values;

    internal int ItemCount => itemCount;

    internal Span<float> this[int column] => _values.Slice(column * itemCount, itemCount);
}
