using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace Data.Views.Kernels;

/// <summary>Getters of a column that lies in memory as it is: an array, or a file that is mapped. A call is an index and a copy of one value.</summary>
internal static unsafe class ColumnGetters
{
    /// <param name="values">one per row; an array, or memory that never moves</param>
    /// <param name="pointer">to the row</param>
    public static ValueGetter<T> Of<T>(ReadOnlyMemory<T> values, RowPointer pointer)
        where T : unmanaged
    {
        if (MemoryMarshal.TryGetArray(values, out ArraySegment<T> array))
            return (ref T value) => value = array[pointer.Row];
        var mapped = new Mapped<T>((T*)values.Pin().Pointer, values.Length);
        return (ref T value) => value = mapped[pointer.Row];
    }

    /// <summary>Raw keys: rows + 1.</summary>
    /// <inheritdoc cref="Of"/>
    public static ValueGetter<uint> OfKeys(ReadOnlyMemory<int> values, RowPointer pointer)
    {
        if (MemoryMarshal.TryGetArray(values, out ArraySegment<int> array))
            return (ref uint value) => value = (uint)(array[pointer.Row] + 1);
        var mapped = new Mapped<int>((int*)values.Pin().Pointer, values.Length);
        return (ref uint value) => value = (uint)(mapped[pointer.Row] + 1);
    }

    private sealed class Mapped<T>(T* values, int count)
        where T : unmanaged
    {
        public T this[int row]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)count, nameof(row));
                return values[row];
            }
        }
    }
}
