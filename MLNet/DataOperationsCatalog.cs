using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Views from and to objects, and operations on rows.</summary>
public sealed class DataOperationsCatalog
{
    private readonly MLContext _context;

    internal DataOperationsCatalog(MLContext context) => _context = context;

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

    /// <summary>A view that keeps each column once it was read; the given ones are read at once.</summary>
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] prefetch = [.. (columnsToPrefetch ?? []).Select(name => input.Schema[name])];
        var cache = new CacheView(input);
        if (prefetch.Length > 0)
            cache.GetRowCursor(prefetch).Dispose();
        return cache;
    }

    /// <summary>The rows whose value in a Single or Double column is at least the lower bound and below the upper one.</summary>
    public IDataView FilterRowsByColumn(
        IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType || (column.Type.RawType != typeof(float) && column.Type.RawType != typeof(double)))
            throw new ArgumentOutOfRangeException(nameof(columnName), $"Column '{columnName}' is {column.Type}: only Single and Double are filtered.");
        if (!(lowerBound < upperBound))
            throw new ArgumentOutOfRangeException(nameof(upperBound), "The upper bound is not above the lower one: no row can be between them.");
        return new FilteredView(input, column, lowerBound, upperBound);
    }

    /// <summary>The rows in another order: the source's own, if it can shuffle, and then through a pool of rows in memory.</summary>
    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shufflePoolSize);
        return new ShuffledView(input, seed ?? _context.Seed ?? 0, shufflePoolSize, shuffleSource && input.CanShuffle);
    }

    /// <summary>The rows after the first ones.</summary>
    public IDataView SkipRows(IDataView input, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new SlicedView(input, count, long.MaxValue);
    }

    /// <summary>The first rows.</summary>
    public IDataView TakeRows(IDataView input, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new SlicedView(input, 0, count);
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
