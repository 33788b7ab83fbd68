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
        return new Mapped<T>((T*)values.Pin().Pointer, values.Length, pointer).Get;
    }

    /// <summary>Raw keys: rows + 1.</summary>
    /// <inheritdoc cref="Of"/>
    public static ValueGetter<uint> OfKeys(ReadOnlyMemory<int> values, RowPointer pointer)
    {
        if (MemoryMarshal.TryGetArray(values, out ArraySegment<int> array))
            return (ref uint value) => value = (uint)(array[pointer.Row] + 1);
        return new Mapped<int>((int*)values.Pin().Pointer, values.Length, pointer).GetKey;
    }

    /// <summary>All that a call needs in one object: a pass over millions of rows is as fast as its calls.</summary>
    private sealed class Mapped<T>(T* values, int count, RowPointer pointer)
        where T : unmanaged
    {
        public void Get(ref T value) => value = values[Row];

        /// <summary>Of numbers of 4 bytes.</summary>
        public void GetKey(ref uint value) => value = ((uint*)values)[Row] + 1;

        private int Row
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                // Before the first row and after the last it is negative.
                int row = pointer.Unchecked;
                if ((uint)row >= (uint)count)
                    Fail();
                return row;
            }
        }

        private void Fail()
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)pointer.Row, (uint)count, nameof(pointer));
        }
    }
}
