using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Views from and to objects, and operations on rows.</summary>
public sealed class DataOperationsCatalog
{
    internal DataOperationsCatalog()
    {
    }

    /// <summary>A lazy view of objects. Their public fields and properties are columns, as attributes or a definition say.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition? schemaDefinition = null)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(data);
        return new EnumerableView<TRow>(data, schemaDefinition);
    }

    /// <summary>A lazy view of objects with the types and annotations of a ready schema.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(schema);
        return new EnumerableView<TRow>(data, RowClass.Define(typeof(TRow), schema));
    }

    /// <summary>The rows as objects; each enumeration opens a cursor. Keys arrive raw: 0 is missing, the first is 1.</summary>
    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition? schemaDefinition = null)
        where TRow : class, new()
    {
        ArgumentNullException.ThrowIfNull(data);
        return Enumerate(data, new RowWriter<TRow>(data.Schema, ignoreMissingColumns, schemaDefinition), reuseRowObject);
    }

    private static IEnumerable<TRow> Enumerate<TRow>(IDataView data, RowWriter<TRow> writer, bool reuseRowObject)
        where TRow : class, new()
    {
        using DataViewRowCursor cursor = data.GetRowCursor(writer.Columns);
        Action<TRow> fill = writer.Over(cursor);
        TRow? reused = reuseRowObject ? new() : null;
        while (cursor.MoveNext())
        {
            TRow row = reused ?? new();
            fill(row);
            yield return row;
        }
    }
}
