namespace Workbench.Reranking.Fusion.Boosting;

/// <summary>Features as numbers of bins. Legend: n rows, F features.</summary>
internal sealed class BinnedRows
{
    internal const int MaxBins = 64;

    private readonly byte[][] _columns; // F x n

    private BinnedRows(byte[][] columns, float[][] edges) => (_columns, Edges) = (columns, edges);

    /// <summary>By feature: the greatest value of each bin but the last, ascending.</summary>
    internal float[][] Edges { get; }

    internal int Features => _columns.Length;

    internal byte[] Column(int feature) => _columns[feature];

    /// <summary>Bins with as many rows each as ties let them; a value that takes more than a bin has one of its own.</summary>
    /// <param name="columns">F x n</param>
    internal static BinnedRows Of(float[][] columns, ParallelOptions parallel)
    {
        var (edges, binned) = (new float[columns.Length][], new byte[columns.Length][]);
        Parallel.For(0, columns.Length, parallel, f =>
        {
            edges[f] = EdgesOf(columns[f]);
            binned[f] = Array.ConvertAll(columns[f], value => (byte)Bin(edges[f], value));
        });
        return new BinnedRows(binned, edges);
    }

    /// <summary>The first bin whose edge is not below the value.</summary>
    internal static int Bin(float[] edges, float value)
    {
        (int low, int high) = (0, edges.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = edges[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static float[] EdgesOf(float[] column)
    {
        var sorted = (float[])column.Clone();
        Array.Sort(sorted);
        var edges = new List<float>();

        // Zeros are mostly "nothing is known": bins are for what is not zero, and zero has its own.
        float[] telling = [.. sorted.Where(value => value != 0)];
        if (telling.Length < sorted.Length)
            edges.Add(0);
        int bins = MaxBins - 2;
        for (int bin = 1; bin < bins && telling.Length > 0; bin++)
            edges.Add(telling[(int)((long)bin * (telling.Length - 1) / bins)]);
        if (telling.Length > 0 && telling[0] < 0)
            edges.Add(telling.LastOrDefault(value => value < 0));
        return [.. edges.Distinct().Order().Where(edge => edge < sorted[^1])];
    }
}
