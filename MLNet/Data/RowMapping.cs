namespace Microsoft.ML.Data;

/// <summary>
/// A transformer bound to an input schema: columns passed on, and columns computed from each row alone.
/// Rows and cursors over it ask the input for no more than the active columns need.
/// </summary>
internal abstract class RowMapping : IRowToRowMapper
{
    private readonly RowLayout _layout;

    protected RowMapping(DataViewSchema input, RowLayout layout) => (InputSchema, _layout) = (input, layout);

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema => _layout.Output;

    /// <summary>The input columns that an added column is computed from.</summary>
    protected abstract IEnumerable<int> InputsOf(int added);

    /// <summary>Getters of the added columns over one row; null where not active.</summary>
    protected abstract Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new SortedSet<int>();
        foreach (DataViewSchema.Column column in dependingColumns)
        {
            int added = _layout.AddedOf(column.Index);
            if (added < 0)
                needed.Add(_layout.InputOf(column.Index));
            else
                needed.UnionWith(InputsOf(added));
        }

        return needed.Select(index => InputSchema[index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new MappedRow(new(this, input, activeColumns), input);

    public IDataView View(IDataView input) => new MappedView(this, input);

    /// <summary>What a row and a cursor have in common: active columns and their getters.</summary>
    private sealed class Getters(RowMapping mapping, DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        private readonly ActiveColumns _active = new(mapping.OutputSchema, activeColumns);
        private Delegate?[]? _added;

        public DataViewSchema Schema => mapping.OutputSchema;

        public bool IsActive(DataViewSchema.Column column) => _active.Contains(column);

        public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
        {
            _active.Require(column);
            int source = mapping._layout.InputOf(column.Index);
            if (source >= 0)
                return input.GetGetter<TValue>(input.Schema[source]);

            _added ??= mapping.MakeGetters(input, ActiveAdded().Contains);
            return ActiveColumns.Cast<TValue>(_added[mapping._layout.AddedOf(column.Index)]!, mapping.OutputSchema[column.Index]);
        }

        private HashSet<int> ActiveAdded() => Schema.Where(_active.Contains).Select(column => mapping._layout.AddedOf(column.Index)).ToHashSet();
    }

    private sealed class MappedView(RowMapping mapping, IDataView input) : IDataView
    {
        public DataViewSchema Schema => mapping.OutputSchema;

        public bool CanShuffle => input.CanShuffle;

        public long? GetRowCount() => input.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            DataViewSchema.Column[] active = [.. columnsNeeded];
            return Over(input.GetRowCursor(mapping.GetDependencies(active), rand), active);
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        {
            DataViewSchema.Column[] active = [.. columnsNeeded];
            return Array.ConvertAll(input.GetRowCursorSet(mapping.GetDependencies(active), n, rand), cursor => Over(cursor, active));
        }

        private DataViewRowCursor Over(DataViewRowCursor cursor, DataViewSchema.Column[] active) =>
            new MappedCursor(new(mapping, cursor, active), cursor);
    }

    private sealed class MappedRow(Getters getters, DataViewRow input) : DataViewRow
    {
        public override DataViewSchema Schema => getters.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => getters.IsActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => getters.Get<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class MappedCursor(Getters getters, DataViewRowCursor input) : DataViewRowCursor
    {
        public override DataViewSchema Schema => getters.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column column) => getters.IsActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => getters.Get<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
