using System.Numerics;
using Evaluation.Metrics;

namespace Evaluation.Protocols;

/// <summary>
/// Units whose ranks are alike have the same value of every metric: they are one class, valued once.
/// Two hundred thousand units with one target each make no more classes than the cut-off has ranks.
/// </summary>
/// <remarks>Legend: N units, C classes in order of first appearance. Ranks beyond the greatest cut-off count as not found.</remarks>
internal sealed class UnitClasses
{
    private readonly int[] _ranks;
    private readonly List<(int Start, int Length)> _classes = [];
    private readonly List<int> _counts = [];

    public UnitClasses(int[] offsets, int[] ranks, int greatestCutoff)
    {
        _ranks = new int[ranks.Length];
        for (int i = 0; i < ranks.Length; i++)
            _ranks[i] = ranks[i] <= greatestCutoff ? ranks[i] : TargetRanks.NotFound;

        Of = new int[offsets.Length - 1];
        var found = new List<int>();
        var table = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * Of.Length, 4))];
        for (int n = 0; n < Of.Length; n++)
        {
            (int start, int length) = (offsets[n], offsets[n + 1] - offsets[n]);
            Of[n] = ClassOf(table, start, length);
            _counts[Of[n]]++;
            if (ranks[start] != TargetRanks.NotFound)
                found.Add(Of[n]);
        }

        OfFound = [.. found];
    }

    /// <summary>N classes</summary>
    public int[] Of { get; }

    /// <summary>The classes of the units with a target anywhere in the list, whatever the cut-offs. The others are worth 0.</summary>
    public int[] OfFound { get; }

    /// <summary>C</summary>
    public int Count => _classes.Count;

    /// <summary>C numbers of units</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>C values</summary>
    public double[] Values(IMetric metric, int k)
    {
        var values = new double[Count];
        for (int c = 0; c < Count; c++)
            values[c] = metric.Value(_ranks.AsSpan(_classes[c].Start, _classes[c].Length), k);
        return values;
    }

    private int ClassOf(int[] table, int start, int length)
    {
        ReadOnlySpan<int> ranks = _ranks.AsSpan(start, length);
        ulong hash = (ulong)length;
        foreach (int rank in ranks)
            hash = (hash ^ (uint)rank) * 0x9E3779B97F4A7C15;
        int slot = (int)((hash >> 32) & (uint)(table.Length - 1));
        while (table[slot] != 0)
        {
            (int otherStart, int otherLength) = _classes[table[slot] - 1];
            if (ranks.SequenceEqual(_ranks.AsSpan(otherStart, otherLength)))
                return table[slot] - 1;
            slot = (slot + 1) & (table.Length - 1);
        }

        _classes.Add((start, length));
        _counts.Add(0);
        table[slot] = _classes.Count;
        return table[slot] - 1;
    }
}
