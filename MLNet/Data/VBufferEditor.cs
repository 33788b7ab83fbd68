namespace Microsoft.ML.Data;

/// <summary>Makes editors: the way to fill a <see cref="VBuffer{T}"/> in its own arrays.</summary>
public static class VBufferEditor
{
    /// <summary>An editor of the same length and stored values.</summary>
    public static VBufferEditor<T> CreateFromBuffer<T>(scoped ref VBuffer<T> destination)
    {
        int count = destination.GetValues().Length;
        return new(destination.Length, count, destination.ValuesArray, destination.IndicesArray, destination.IsDense ? 0 : count, false, false);
    }

    /// <summary>
    /// An editor for a vector of <paramref name="newLogicalLength"/> of which <paramref name="valuesCount"/> are stored (all, if null).
    /// It takes the destination's arrays if they are long enough; only on request does a longer one keep what was there.
    /// </summary>
    public static VBufferEditor<T> Create<T>(
        scoped ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newLogicalLength);
        int count = valuesCount ?? newLogicalLength;
        ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(valuesCount));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, newLogicalLength, nameof(valuesCount));
        int capacity = maxValuesCapacity ?? newLogicalLength;

        T[]? values = Room(destination.ValuesArray, count, capacity, keepOldOnResize, out bool newValues);
        int[]? indices = destination.IndicesArray;
        int indexCount = count < newLogicalLength || requireIndicesOnDense ? count : 0;
        bool newIndices = false;
        if (indexCount > 0)
            indices = Room(indices, indexCount, capacity, keepOldOnResize, out newIndices);
        return new(newLogicalLength, count, values, indices, indexCount, newValues, newIndices);
    }

    // Growing doubles, so that a column of varying lengths soon stops allocating.
    private static TItem[]? Room<TItem>(TItem[]? old, int needed, int capacity, bool keep, out bool created)
    {
        int available = old?.Length ?? 0;
        created = available < needed;
        if (!created)
            return old;

        var grown = new TItem[Math.Max(needed, Math.Min((int)Math.Min(2L * available, Array.MaxLength), capacity))];
        if (keep)
            old.AsSpan().CopyTo(grown);
        return grown;
    }
}

/// <summary>Write into <see cref="Values"/> (and <see cref="Indices"/> if sparse), then commit.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly T[]? _values;
    private readonly int[]? _indices;
    private readonly int _length;

    /// <summary>Room for the stored values.</summary>
    public readonly Span<T> Values;

    /// <summary>Room for their indices, which must ascend; empty if dense.</summary>
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[]? values, int[]? indices, int indexCount, bool newValues, bool newIndices)
    {
        (_length, _values, _indices) = (length, values, indices);
        (CreatedNewValues, CreatedNewIndices) = (newValues, newIndices);
        Values = values.AsSpan(0, count);
        Indices = indices.AsSpan(0, indexCount);
    }

    /// <summary>Whether the values are in a new array.</summary>
    public bool CreatedNewValues { get; }

    /// <summary>Whether the indices are in a new array.</summary>
    public bool CreatedNewIndices { get; }

    /// <summary>The vector as edited.</summary>
    public VBuffer<T> Commit() => new(_values, _indices, Values.Length, _length);

    /// <summary>The vector with only the first <paramref name="physicalValuesCount"/> values stored.</summary>
    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(physicalValuesCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(physicalValuesCount, Values.Length);
        if (physicalValuesCount < _length && Indices.Length < physicalValuesCount)
            throw new ArgumentOutOfRangeException(nameof(physicalValuesCount), "A dense editor without indices cannot be truncated.");
        return new(_values, _indices, physicalValuesCount, _length);
    }
}
