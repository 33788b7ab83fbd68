using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The values of one column as a sequence.</summary>
public static class ColumnCursorExtensions
{
    /// <summary>The values of a column: its raw type, a string for text, or an array for a vector. Each enumeration opens a cursor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or <typeparamref name="T"/> does not suit it.</exception>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.GetColumn<T>(data.Schema[columnName]);
    }

    /// <inheritdoc cref="GetColumn{T}(IDataView, string)"/>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (column.Index >= data.Schema.Count || !data.Schema[column.Index].Equals(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not of this view.");

        if (typeof(T) == column.Type.RawType)
            return Read<T, T>(data, column, copy: column.Type is VectorDataViewType, value => value);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return (IEnumerable<T>)Read<ReadOnlyMemory<char>, string>(data, column, copy: false, value => value.ToString());
        if (typeof(T) == typeof(string[]) && column.Type is VectorDataViewType { ItemType: TextDataViewType })
        {
            return (IEnumerable<T>)Read<VBuffer<ReadOnlyMemory<char>>, string[]>(data, column, copy: false,
                value => [.. value.DenseValues().Select(text => text.ToString())]);
        }

        if (typeof(T).IsSZArray && column.Type is VectorDataViewType vector && vector.ItemType.RawType == typeof(T).GetElementType())
        {
            return (IEnumerable<T>)typeof(ColumnCursorExtensions)
                .GetMethod(nameof(ReadArrays), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(vector.ItemType.RawType)
                .Invoke(null, [data, column])!;
        }

        throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is {column.Type}, which is not read as {typeof(T)}.");
    }

    private static IEnumerable<T[]> ReadArrays<T>(IDataView data, DataViewSchema.Column column) =>
        Read<VBuffer<T>, T[]>(data, column, copy: false, value =>
        {
            var array = new T[value.Length];
            value.CopyTo(array);
            return array;
        });

    // A buffer that is handed out must not be refilled: then each row gets a new one.
    private static IEnumerable<TOut> Read<TIn, TOut>(IDataView data, DataViewSchema.Column column, bool copy, Func<TIn, TOut> convert)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<TIn> getter = cursor.GetGetter<TIn>(column);
        TIn value = default!;
        while (cursor.MoveNext())
        {
            if (copy)
                value = default!;
            getter(ref value);
            yield return convert(value);
        }
    }
}
