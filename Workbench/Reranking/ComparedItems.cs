using System.Buffers;
using System.Numerics.Tensors;
using Trainers;
using Trainers.Kernels;

namespace Workbench.Reranking;

/// <summary>Item vectors as a similarity compares them: at length 1 under cosine, as they are under the dot product.</summary>
/// <remarks>
/// Legend: I items, S padded row. An item is 1 to itself under cosine, which is set, not computed, and no other similarity exceeds 1:
/// rounding cannot reorder a list. Of an item without a vector (zeros) nothing is known but that it is itself.
/// </remarks>
internal sealed class ComparedItems
{
    private readonly float[] _vectors; // I x S
    private readonly bool[] _known; // I

    public ComparedItems(ItemEmbeddings embeddings, Similarity similarity)
    {
        Stride = Padding.Stride(embeddings.Dimension);
        Cosine = similarity == Similarity.Cosine;
        _vectors = Padding.Pad(embeddings.Values, embeddings.Count, embeddings.Dimension);
        _known = new bool[embeddings.Count];
        for (int item = 0; item < _known.Length; item++)
        {
            Span<float> vector = _vectors.AsSpan(item * Stride, Stride);
            _known[item] = vector.ContainsAnyExcept(0f);
            if (Cosine && _known[item])
                TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        Panels = new ItemPanels(_vectors, _known.Length, Stride);
    }

    /// <summary>I</summary>
    public int Count => _known.Length;

    /// <summary>S</summary>
    public int Stride { get; }

    public bool Cosine { get; }

    public ItemPanels Panels { get; }

    /// <summary>True if the item has a vector.</summary>
    public bool Knows(int item) => _known[item];

    public bool KnowsAny(ReadOnlySpan<int> items)
    {
        foreach (int item in items)
        {
            if (_known[item])
                return true;
        }

        return false;
    }

    /// <summary>S</summary>
    public ReadOnlySpan<float> this[int item] => _vectors.AsSpan(item * Stride, Stride);

    /// <summary>The similarities of all I items to each of some, in order; items without a vector are passed over.</summary>
    public Rows SimilaritiesTo(ReadOnlySpan<int> items) => new(this, items);

    /// <summary>One row of I similarities after the other, computed some at a time.</summary>
    public ref struct Rows(ComparedItems items, ReadOnlySpan<int> asked)
    {
        private const int AtATime = 8;

        private readonly ReadOnlySpan<int> _asked = asked;
        private readonly float[] _queries = ArrayPool<float>.Shared.Rent(AtATime * items.Stride);
        private readonly float[] _similarities = ArrayPool<float>.Shared.Rent(Math.Min(AtATime, Math.Max(1, asked.Length)) * items.Count);
        private int _next;
        private int _row = -1;
        private int _rows;

        public readonly Rows GetEnumerator() => this;

        public bool MoveNext()
        {
            if (++_row < _rows)
                return true;
            (_row, _rows) = (0, 0);
            for (; _next < _asked.Length && _rows < AtATime; _next++)
            {
                int item = _asked[_next];
                if (items.Knows(item))
                    items[item].CopyTo(_queries.AsSpan(_rows++ * items.Stride));
            }

            items.Panels.Score(_queries, _rows, _similarities);
            if (items.Cosine)
                TensorPrimitives.Min(_similarities.AsSpan(0, _rows * items.Count), 1f, _similarities);
            for (int i = _next - 1, row = _rows; items.Cosine && row > 0; i--)
            {
                if (items.Knows(_asked[i]))
                    _similarities[(--row * items.Count) + _asked[i]] = 1;
            }

            return _rows > 0;
        }

        /// <summary>I similarities, valid until the next.</summary>
        public readonly ReadOnlySpan<float> Current => _similarities.AsSpan(_row * items.Count, items.Count);

        public readonly void Dispose()
        {
            ArrayPool<float>.Shared.Return(_queries);
            ArrayPool<float>.Shared.Return(_similarities);
        }
    }
}
