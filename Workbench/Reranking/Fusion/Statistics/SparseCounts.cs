namespace Workbench.Reranking.Fusion.Statistics;

/// <summary>For each key 0 .. K - 1, how often it met each item: rows of items in ascending order with their counts.</summary>
/// <param name="offsets">K + 1</param>
/// <param name="items">ascending within a row</param>
/// <param name="counts">as many</param>
internal sealed class SparseCounts(int[] offsets, int[] items, float[] counts)
{
    internal int[] Offsets => offsets;

    internal int[] AllItems => items;

    internal float[] AllCounts => counts;

    internal ReadOnlySpan<int> Items(int key) => items.AsSpan(offsets[key]..offsets[key + 1]);

    internal ReadOnlySpan<float> Counts(int key) => counts.AsSpan(offsets[key]..offsets[key + 1]);

    /// <param name="keys">K</param>
    /// <param name="pairs">in any order; each occurrence counts one</param>
    internal static SparseCounts Of(int keys, List<(int Key, int Item)> pairs)
    {
        long[] sorted = [.. pairs.Select(pair => ((long)pair.Key << 32) | (uint)pair.Item)];
        Array.Sort(sorted);
        var offsets = new int[keys + 1];
        var items = new List<int>();
        var counts = new List<float>();
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i] == sorted[i - 1])
            {
                counts[^1]++;
                continue;
            }

            items.Add((int)(uint)sorted[i]);
            counts.Add(1);
            offsets[(int)(sorted[i] >> 32) + 1]++;
        }

        for (int key = 0; key < keys; key++)
            offsets[key + 1] += offsets[key];
        return new SparseCounts(offsets, [.. items], [.. counts]);
    }
}
