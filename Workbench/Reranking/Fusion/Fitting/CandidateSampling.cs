using System.Numerics.Tensors;
using Trainers.Sampling;
using Workbench.Reranking.Fusion.Features;

namespace Workbench.Reranking.Fusion.Fitting;

/// <summary>
/// Chooses the items of a turn that its softmax is taken over: targets, the language model's items, the first of the leading features,
/// and a random sample of the rest, in which each stands for many.
/// </summary>
/// <remarks>Legend: I items. Deterministic in (seed, number of the turn).</remarks>
internal sealed class CandidateSampling(FeatureSet features, int first, int sampled, ulong seed)
{
    /// <summary>Rows of the chosen items, and the log of how many items each stands for.</summary>
    /// <param name="table">F x I</param>
    internal (int[] Items, double[] LogWeights) Choose(int number, FittingTurn turn, ReadOnlySpan<float> table)
    {
        int count = features.ItemCount;
        var chosen = new bool[count];
        foreach (int item in turn.Targets.Concat(turn.LlmItems))
            chosen[item] = true;
        foreach (int column in features.Leading)
            Lead(table.Slice(column * count, count), chosen);
        foreach (int item in turn.Mentioned)
            chosen[item] = turn.Targets.Contains(item);
        int[] rest = [.. Enumerable.Range(0, count).Where(item => !chosen[item] && !turn.Mentioned.Contains(item))];
        SplitMix64.ForStream(seed, (ulong)number).Shuffle(rest.AsSpan());
        int taken = Math.Min(sampled, rest.Length);
        double weight = taken == 0 ? 0 : Math.Log(rest.Length / (double)taken);
        int[] certain = [.. Enumerable.Range(0, count).Where(item => chosen[item])];
        return ([.. certain, .. rest[..taken]], [.. certain.Select(_ => 0.0), .. Enumerable.Repeat(weight, taken)]);
    }

    /// <summary>Marks the greatest values that are above the least; of equal ones those of the first items.</summary>
    private void Lead(ReadOnlySpan<float> values, bool[] chosen)
    {
        var greatest = new PriorityQueue<int, (float Value, int Reverse)>();
        float least = TensorPrimitives.Min(values), bar = least;
        for (int item = 0; item < values.Length; item++)
        {
            if (values[item] <= bar)
                continue;
            greatest.Enqueue(item, (values[item], -item));
            if (greatest.Count > first)
            {
                greatest.Dequeue();
                greatest.TryPeek(out _, out (float Value, int Reverse) last);
                bar = last.Value;
            }
        }

        while (greatest.TryDequeue(out int item, out _))
            chosen[item] = true;
    }
}
