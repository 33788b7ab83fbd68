using System.Numerics.Tensors;
using Trainers.Kernels;
using Trainers.LeastSquares;
using Trainers.Sampling;

namespace Trainers.PairwiseRanking;

/// <summary>Item vectors of BPR, and scores of anybody's history by fold-in: the steps of training, from zero, with items that stay as they are.</summary>
/// <remarks>
/// Legend: I items, d dimension, S padded row. Each pass takes every item of the history once, against a negative drawn as in training, with a step that falls linearly to zero.
/// Repetitions and order of the history do not matter; the draws depend on nothing else, so a history has one score.
/// </remarks>
public sealed class PairwiseFoldInEmbeddings : ItemEmbeddings, IVectorScorer
{
    private readonly AlignedFloats _padded;
    private readonly float[] _biases;
    private readonly int[] _seen;
    private readonly AliasTable? _negatives;
    private readonly PairwiseRates _rates;
    private readonly int _epochs;
    private readonly int _lastItems;

    /// <param name="dimension">d</param>
    /// <param name="padded">I x S</param>
    /// <param name="biases">I, or empty</param>
    /// <param name="itemCounts">I: how many users have each; an item that nobody has is no negative</param>
    /// <param name="options">as in training</param>
    internal PairwiseFoldInEmbeddings(int dimension, AlignedFloats padded, float[] biases, int[] itemCounts, MatrixFactorizationOptions options)
        : base(itemCounts.Length, dimension, Padding.Unpad(padded.Span, itemCounts.Length, dimension))
    {
        (_padded, _biases, _epochs, _lastItems) = (padded, biases, options.FoldInEpochs, options.LastItems ?? int.MaxValue);
        Vectors = new ItemPanels(padded.Span, itemCounts.Length, Padding.Stride(dimension));
        _seen = [.. Enumerable.Range(0, itemCounts.Length).Where(item => itemCounts[item] > 0)];
        if (options.NegativeExponent != 0)
            _negatives = new AliasTable([.. _seen.Select(item => Math.Pow(itemCounts[item], options.NegativeExponent))]);
        _rates = new PairwiseRates((float)options.LearningRate, (float)options.UserRegularization, 0, 0, 0);
    }

    public int ItemCount => Count;

    /// <inheritdoc/>
    public ItemPanels Vectors { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores) => VectorScoring.Score(this, history, scores);

    /// <inheritdoc/>
    public void Finish(ReadOnlySpan<int> history, Span<float> scores)
    {
        if (_biases.Length > 0)
            TensorPrimitives.Add(scores, _biases, scores);
    }

    /// <inheritdoc/>
    public void Embed(ReadOnlySpan<int> history, Span<float> vector)
    {
        vector.Clear();
        int[] items = history[Math.Max(0, history.Length - _lastItems)..].ToArray();
        foreach (int item in items)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)item, (uint)Count, nameof(history));
        Span<int> mine = items.AsSpan(0, PositiveMatrix.SortDistinct(items));
        if (mine.IsEmpty || _seen.Length < 2)
            return;
        int[] sorted = mine.ToArray();
        var random = SplitMix64.ForStream((ulong)mine.Length, (ulong)mine[0]);
        var samples = new PairwiseSample[mine.Length];
        for (int epoch = 0; epoch < _epochs; epoch++)
        {
            random.Shuffle(mine);
            int count = 0;
            foreach (int item in mine)
            {
                for (int attempt = 0; attempt < PairwiseFactorization.Tries; attempt++)
                {
                    int drawn = _seen[_negatives is null ? random.NextInt(_seen.Length) : _negatives.Draw(random)];
                    if (Array.BinarySearch(sorted, drawn) >= 0)
                        continue;
                    samples[count++] = new PairwiseSample(0, item, drawn);
                    break;
                }
            }

            PairwiseRates rates = _rates with { Rate = _rates.Rate * (1 - (float)epoch / _epochs) };
            PairwiseStep.FoldIn(vector, _padded.Span, _biases, vector.Length, samples.AsSpan(0, count), rates);
        }
    }
}
