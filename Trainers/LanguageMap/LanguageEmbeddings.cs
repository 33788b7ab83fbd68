using System.Numerics.Tensors;
using Trainers.Kernels;

namespace Trainers.LanguageMap;

/// <summary>Item vectors in behaviour space, and the map that brings other texts there.</summary>
/// <remarks>
/// Legend: I items, T padded text vector, S padded vector, n items of a history. Somebody who was not trained on is a node like any user:
/// e_u = (h_0(mean of the items' text vectors) + n^-1/2 sum over the items i of g_i) / (K + 1), g_i the sum of i's layers 0 .. K - 1 by 1 / sqrt(d_i).
/// Scores are cosines.
/// </remarks>
public sealed class LanguageEmbeddings : ItemEmbeddings, IVectorScorer
{
    private readonly float[] _texts; // I x T
    private readonly float[] _layers; // I x S
    private readonly int _depth, _textStride;
    private readonly Func<float[], int, float[]> _map;

    internal LanguageEmbeddings(int items, int dimension, float[] values, float[] texts, int textDimension, float[] layers, int depth, Func<float[], int, float[]> map)
        : base(items, dimension, values)
    {
        (_textStride, _layers, _depth, _map, TextDimension) = (Padding.Stride(textDimension), layers, depth, map, textDimension);
        _texts = Padding.Pad(texts, items, textDimension);
        float[] unit = Padding.Pad(values, items, dimension);
        int stride = Padding.Stride(dimension);
        for (int item = 0; item < items; item++)
            Unit(unit.AsSpan(item * stride, stride));
        Vectors = new ItemPanels(unit, items, stride);
    }

    public int ItemCount => Count;

    /// <summary>Length of a text vector.</summary>
    public int TextDimension { get; }

    /// <inheritdoc/>
    public ItemPanels Vectors { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores) => VectorScoring.Score(this, history, scores);

    /// <inheritdoc/>
    public void Embed(ReadOnlySpan<int> history, Span<float> vector)
    {
        vector.Clear();
        if (history.IsEmpty)
            return;
        var mean = new float[8 * _textStride];
        foreach (int item in history)
        {
            TensorPrimitives.Add(mean.AsSpan(0, _textStride), _texts.AsSpan(item * _textStride, _textStride), mean.AsSpan(0, _textStride));
            TensorPrimitives.Add(vector, _layers.AsSpan(item * vector.Length, vector.Length), vector);
        }

        TensorPrimitives.Divide(mean, history.Length, mean);
        TensorPrimitives.Divide(vector, MathF.Sqrt(history.Length), vector);
        TensorPrimitives.Add(vector, _map(mean, 8).AsSpan(0, vector.Length), vector);
        TensorPrimitives.Divide(vector, _depth + 1, vector);
        Unit(vector);
    }

    /// <summary>The vector of an intention: a text's, mapped.</summary>
    /// <param name="text">its vector in language space</param>
    /// <returns>d values at length 1, or zeros for a text of zeros</returns>
    public float[] Intention(ReadOnlySpan<float> text)
    {
        var padded = new float[8 * _textStride];
        text.CopyTo(padded);
        Unit(padded.AsSpan(0, _textStride));
        float[] mapped = text.ContainsAnyExcept(0f) ? _map(padded, 8)[..Vectors.Stride] : new float[Vectors.Stride];
        Unit(mapped);
        return mapped[..Dimension];
    }

    private static void Unit(Span<float> vector)
    {
        float norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
    }
}
