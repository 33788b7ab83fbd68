using System.Collections.Immutable;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The first rows of a view, by row (visible columns) and by column (all of them).</summary>
public sealed class DataDebuggerPreview
{
    internal const int DefaultMaxRows = 100;

    internal DataDebuggerPreview(IDataView data, int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRows);
        Schema = data.Schema;
        List<object?>[] columns = [.. Schema.Select(_ => new List<object?>())];
        using (DataViewRowCursor cursor = data.GetRowCursor(Schema))
        {
            Func<object?>[] readers = [.. Schema.Select(column => ReaderOf(cursor, column))];
            for (int row = 0; row < maxRows && cursor.MoveNext(); row++)
            {
                for (int i = 0; i < readers.Length; i++)
                    columns[i].Add(readers[i]());
            }
        }

        ColumnView = [.. Schema.Select(column => new ColumnInfo(column, [.. columns[column.Index]]))];
        int count = columns.Length == 0 ? 0 : columns[0].Count;
        RowView = [.. Enumerable.Range(0, count).Select(row => new RowInfo(
            [.. Schema.Where(column => !column.IsHidden).Select(column => KeyValuePair.Create(column.Name, columns[column.Index][row]))]))];
    }

    /// <summary>The view's schema.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>Values by column.</summary>
    public ImmutableArray<ColumnInfo> ColumnView { get; }

    /// <summary>Values by row.</summary>
    public ImmutableArray<RowInfo> RowView { get; }

    /// <summary>How many columns and rows.</summary>
    public override string ToString() => $"{Schema.Count} columns, {RowView.Length} rows";

    private static Func<object?> ReaderOf(DataViewRow row, DataViewSchema.Column column) =>
        (Func<object?>)typeof(DataDebuggerPreview)
            .GetMethod(nameof(Reader), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(column.Type.RawType)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column], null)!;

    private static Func<object?> Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return value;
        };
    }

    /// <summary>One row: names and values of the visible columns.</summary>
    public sealed class RowInfo
    {
        internal RowInfo(KeyValuePair<string, object?>[] values) => Values = values;

        /// <summary>Names and values.</summary>
        public KeyValuePair<string, object?>[] Values { get; }

        /// <summary>How many columns.</summary>
        public override string ToString() => $"{Values.Length} columns";
    }

    /// <summary>One column and its values.</summary>
    public sealed class ColumnInfo
    {
        internal ColumnInfo(DataViewSchema.Column column, object?[] values) => (Column, Values) = (column, values);

        /// <summary>The column.</summary>
        public DataViewSchema.Column Column { get; }

        /// <summary>Its values.</summary>
        public object?[] Values { get; }

        /// <summary>Name and type.</summary>
        public override string ToString() => $"{Column.Name}: {Column.Type}";
    }
}
