using Microsoft.ML;
using Microsoft.ML.Data;

namespace Workbench.MlNet;

/// <summary>
/// A transformer that appends columns computed from each row alone. ML.NET's own base class cannot be derived from outside,
/// so view, cursor and row mapper are written here. All are lazy: what no one reads is not computed.
/// </summary>
public abstract class RowToRowTransformer : ITransformer
{
    public bool IsRowToRowMapper => true;

    /// <summary>The columns that the outputs are computed from.</summary>
    protected abstract IReadOnlyList<string> InputColumns { get; }

    /// <summary>Checks the input columns; returns what is appended.</summary>
    protected abstract DataViewSchema.DetachedColumn[] OutputColumns(DataViewSchema inputSchema);

    /// <summary>A <see cref="ValueGetter{T}"/> for each output, over one row or cursor.</summary>
    protected abstract Delegate[] MakeGetters(DataViewRow input);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        builder.AddColumns(OutputColumns(inputSchema));
        return builder.ToSchema();
    }

    public IDataView Transform(IDataView input) => new View(this, input);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    /// <summary>Not possible from outside ML.NET: the writer inside <see cref="ModelSaveContext"/> is internal.</summary>
    public void Save(ModelSaveContext ctx) => throw new NotSupportedException(
        $"{GetType().Name} cannot be part of a saved ML.NET model. Save the item embeddings that it was made from, and make it again.");

    /// <summary>An input column, or an explanation; the type of exception is the stock transforms'.</summary>
    protected static DataViewSchema.Column Require(DataViewSchema schema, string name, string expected, Func<DataViewType, bool> accepts)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(schema), $"There is no column '{name}'.");
        return accepts(column.Type)
            ? column
            : throw new ArgumentOutOfRangeException(nameof(schema), $"Column '{name}' is {column.Type}, expected {expected}.");
    }

    /// <summary>Source columns come first and keep their index; ours follow.</summary>
    internal IEnumerable<DataViewSchema.Column> Dependencies(DataViewSchema input, IEnumerable<DataViewSchema.Column> active)
    {
        HashSet<int> indices = [.. active.Select(column => column.Index)];
        bool computes = indices.Any(index => index >= input.Count);
        return input.Where(column => indices.Contains(column.Index) || (computes && !column.IsHidden && InputColumns.Contains(column.Name)));
    }

    private DataViewRow Wrap(DataViewRow input, DataViewSchema schema, IEnumerable<DataViewSchema.Column> active) =>
        new Row(new Bindings(this, input, schema, active), input, schema);

    /// <summary>What a row and a cursor have in common: whose column it is, and its getter.</summary>
    private sealed class Bindings
    {
        private readonly RowToRowTransformer _parent;
        private readonly DataViewRow _input;
        private readonly bool[] _active;
        private Delegate[]? _getters;

        internal Bindings(RowToRowTransformer parent, DataViewRow input, DataViewSchema output, IEnumerable<DataViewSchema.Column> active)
        {
            (_parent, _input, _active) = (parent, input, new bool[output.Count]);
            foreach (DataViewSchema.Column column in active)
                _active[column.Index] = true;
        }

        internal bool IsActive(DataViewSchema.Column column) => _active[column.Index];

        internal ValueGetter<T> GetGetter<T>(DataViewSchema.Column column)
        {
            if (!IsActive(column))
                throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active.");

            int own = column.Index - _input.Schema.Count;
            if (own < 0)
                return _input.GetGetter<T>(_input.Schema[column.Index]);

            _getters ??= _parent.MakeGetters(_input);
            return _getters[own] as ValueGetter<T>
                ?? throw new InvalidOperationException($"Column '{column.Name}' has {column.Type.RawType}, not {typeof(T)}.");
        }
    }

    private sealed class View(RowToRowTransformer parent, IDataView input) : IDataView
    {
        public DataViewSchema Schema { get; } = parent.GetOutputSchema(input.Schema);

        public bool CanShuffle => input.CanShuffle;

        public long? GetRowCount() => input.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            DataViewSchema.Column[] active = [.. columnsNeeded];
            return Wrap(input.GetRowCursor(parent.Dependencies(input.Schema, active), rand), active);
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        {
            DataViewSchema.Column[] active = [.. columnsNeeded];
            return Array.ConvertAll(input.GetRowCursorSet(parent.Dependencies(input.Schema, active), n, rand), cursor => Wrap(cursor, active));
        }

        private DataViewRowCursor Wrap(DataViewRowCursor cursor, DataViewSchema.Column[] active) =>
            new Cursor(new Bindings(parent, cursor, Schema, active), cursor, Schema);
    }

    private sealed class Cursor(Bindings bindings, DataViewRowCursor input, DataViewSchema schema) : DataViewRowCursor
    {
        public override DataViewSchema Schema => schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column column) => bindings.IsActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => bindings.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Row(Bindings bindings, DataViewRow input, DataViewSchema schema) : DataViewRow
    {
        public override DataViewSchema Schema => schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => bindings.IsActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => bindings.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Mapper(RowToRowTransformer parent, DataViewSchema inputSchema) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => inputSchema;

        public DataViewSchema OutputSchema { get; } = parent.GetOutputSchema(inputSchema);

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
            parent.Dependencies(inputSchema, dependingColumns);

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
            parent.Wrap(input, OutputSchema, activeColumns);
    }
}
