using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>
/// A vector value. Dense: <see cref="GetValues"/> are all of it. Sparse: they are some of it, at <see cref="GetIndices"/>
/// (ascending), and the rest is default. Getters refill the buffer that they are given.
/// </summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly T[]? _values;
    private readonly int[]? _indices;
    private readonly int _count;

    /// <summary>How many elements, stored or not.</summary>
    public readonly int Length;

    /// <summary>A dense vector over <paramref name="values"/>, which it keeps; <paramref name="indices"/> are room for later.</summary>
    public VBuffer(int length, T[]? values, int[]? indices = null)
        : this(length, length, values, indices)
    {
    }

    /// <summary>A vector of which the first <paramref name="count"/> of <paramref name="values"/> are stored.</summary>
    public VBuffer(int length, int count, T[]? values, int[]? indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, length);
        if ((values?.Length ?? 0) < count)
            throw new ArgumentOutOfRangeException(nameof(values), $"{count} values are needed.");
        if (count < length && (indices?.Length ?? 0) < count)
            throw new ArgumentOutOfRangeException(nameof(indices), $"{count} indices are needed.");
        (Length, _count, _values, _indices) = (length, count, values, indices);
    }

    // Unchecked, for the editor.
    internal VBuffer(T[]? values, int[]? indices, int count, int length) =>
        (Length, _count, _values, _indices) = (length, count, values, indices);

    /// <summary>Whether all elements are stored.</summary>
    public bool IsDense => _count == Length;

    internal T[]? ValuesArray => _values;

    internal int[]? IndicesArray => _indices;

    /// <summary>The stored values only.</summary>
    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    /// <summary>Where the stored values belong; empty if dense.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    /// <summary>Copies into another buffer, sparse as it is.</summary>
    public void CopyTo(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    /// <summary>Copies the elements from <paramref name="sourceIndex"/> on.</summary>
    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - sourceIndex);

        if (IsDense)
        {
            VBufferEditor<T> dense = VBufferEditor.Create(ref destination, length);
            GetValues().Slice(sourceIndex, length).CopyTo(dense.Values);
            destination = dense.Commit();
            return;
        }

        ReadOnlySpan<int> indices = GetIndices();
        int first = FirstAtLeast(indices, sourceIndex);
        int count = FirstAtLeast(indices, sourceIndex + length) - first;
        VBufferEditor<T> sparse = VBufferEditor.Create(ref destination, length, count);
        GetValues().Slice(first, count).CopyTo(sparse.Values);
        for (int i = 0; i < sparse.Indices.Length; i++)
            sparse.Indices[i] = indices[first + i] - sourceIndex;
        destination = sparse.Commit();
    }

    /// <summary>Copies into another buffer and makes that dense.</summary>
    public void CopyToDense(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>Writes all elements to the span's start.</summary>
    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    /// <summary>Writes all elements from <paramref name="destinationIndex"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is too short.</exception>
    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default!)
    {
        if (destinationIndex < 0 || destinationIndex > destination.Length || destination.Length - destinationIndex < Length)
            throw new ArgumentOutOfRangeException(nameof(destination), $"There is no room for {Length} elements at {destinationIndex}.");

        Span<T> target = destination.Slice(destinationIndex, Length);
        ReadOnlySpan<T> values = GetValues();
        if (IsDense)
        {
            values.CopyTo(target);
            return;
        }

        ReadOnlySpan<int> indices = GetIndices();
        target.Fill(defaultValue);
        for (int i = 0; i < values.Length; i++)
            target[indices[i]] = values[i];
    }

    /// <summary>Copies a part of an array into a dense buffer.</summary>
    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int available = source?.Length ?? 0;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, available - sourceIndex);
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>Index and value of the stored elements, or of all.</summary>
    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        VBuffer<T> buffer = this;
        return all || IsDense ? All() : Stored();

        IEnumerable<KeyValuePair<int, T>> All()
        {
            int index = 0;
            foreach (T value in buffer.DenseValues())
                yield return new(index++, value);
        }

        IEnumerable<KeyValuePair<int, T>> Stored()
        {
            for (int i = 0; i < buffer._count; i++)
                yield return new(buffer._indices![i], buffer._values![i]);
        }
    }

    /// <summary>All elements in order, stored or default.</summary>
    public IEnumerable<T> DenseValues()
    {
        VBuffer<T> buffer = this;
        return Enumerate();

        IEnumerable<T> Enumerate()
        {
            int stored = 0;
            for (int i = 0; i < buffer.Length; i++)
            {
                if (buffer.IsDense)
                    yield return buffer._values![i];
                else if (stored < buffer._count && buffer._indices![stored] == i)
                    yield return buffer._values![stored++];
                else
                    yield return default!;
            }
        }
    }

    /// <summary>One element, stored or default.</summary>
    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    /// <summary>One element, stored or default.</summary>
    public T GetItemOrDefault(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        if (IsDense)
            return _values![index];

        int at = GetIndices().BinarySearch(index);
        return at >= 0 ? _values![at] : default!;
    }

    /// <summary>Kind and size; not the values.</summary>
    public override string ToString() =>
        IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    /// <summary>All elements in order.</summary>
    public IEnumerator GetEnumerator() => DenseValues().GetEnumerator();

    private static int FirstAtLeast(ReadOnlySpan<int> indices, int wanted)
    {
        int at = indices.BinarySearch(wanted);
        return at >= 0 ? at : ~at;
    }
}
