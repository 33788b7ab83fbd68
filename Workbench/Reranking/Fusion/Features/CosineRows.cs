using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Trainers;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>Cosines of an item with all items, remembered once they are asked for; 0 with itself, so that nothing speaks for itself.</summary>
internal sealed class CosineRows
{
    private readonly int _count, _dimension;
    private readonly float[] _unit; // I x D, of length 1 or all zero
    private readonly ConcurrentDictionary<int, float[]> _rows = new();

    internal CosineRows(ItemEmbeddings embeddings)
    {
        (_count, _dimension, _unit) = (embeddings.Count, embeddings.Dimension, (float[])embeddings.Values.Clone());
        for (int item = 0; item < _count; item++)
        {
            Span<float> vector = _unit.AsSpan(item * _dimension, _dimension);
            float norm = TensorPrimitives.Norm<float>(vector);
            if (norm > 0)
                TensorPrimitives.Divide(vector, norm, vector);
        }
    }

    internal ReadOnlySpan<float> this[int item] => _rows.GetOrAdd(item, Row);

    private float[] Row(int item)
    {
        var row = new float[_count];
        ReadOnlySpan<float> vector = _unit.AsSpan(item * _dimension, _dimension);
        for (int other = 0; other < _count; other++)
            row[other] = other == item ? 0 : TensorPrimitives.Dot(vector, _unit.AsSpan(other * _dimension, _dimension));
        return row;
    }
}
