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

    /// <summary>The same under other keys and items; what has neither is left out, what meets is added.</summary>
    /// <param name="keys">K: the key there, or -1</param>
    /// <param name="keyCount">of keys there</param>
    /// <param name="rows">by item its row there, or -1</param>
    internal SparseCounts Over(int[] keys, int keyCount, int[] rows)
    {
        var made = new SortedDictionary<int, float>?[keyCount];
        for (int key = 0; key < keys.Length; key++)
        {
            if (keys[key] < 0)
                continue;
            SortedDictionary<int, float> row = made[keys[key]] ??= [];
            for (int i = offsets[key]; i < offsets[key + 1]; i++)
            {
                if (rows[items[i]] >= 0)
                    row[rows[items[i]]] = row.GetValueOrDefault(rows[items[i]]) + counts[i];
            }
        }

        var ends = new int[keyCount + 1];
        for (int key = 0; key < keyCount; key++)
            ends[key + 1] = ends[key] + (made[key]?.Count ?? 0);
        return new SparseCounts(ends, [.. made.SelectMany(row => row?.Keys.AsEnumerable() ?? [])], [.. made.SelectMany(row => row?.Values.AsEnumerable() ?? [])]);
    }
}
