namespace Microsoft.ML.Data;

/// <summary>A view that keeps each column once it was read. Reading again does not touch the source.</summary>
internal sealed class CacheView : IDataView
{
    private readonly IDataView _source;
    private readonly ColumnStore?[] _stores;
    private readonly Lock _lock = new();
    private int _count = -1;

    public CacheView(IDataView source)
    {
        _source = source;
        _stores = new ColumnStore?[source.Schema.Count];
    }

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => _count >= 0 ? _count : _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        Fill(active);
        int[]? order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, _count)];
            rand.Shuffle(order);
        }

        return new Cursor(this, active, order);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    // One pass for all columns that are asked for and not kept yet; rows without columns are only counted.
    private void Fill(ActiveColumns active)
    {
        lock (_lock)
        {
            DataViewSchema.Column[] missing = [.. Schema.Where(column => active.Contains(column) && _stores[column.Index] is null)];
            if (missing.Length == 0 && _count >= 0)
                return;

            if (missing.Length == 0 && _source.GetRowCount() is { } known)
            {
                _count = checked((int)known);
                return;
            }

            ColumnStore[] stores = Array.ConvertAll(missing, column => ColumnStore.For(column.Type));
            int count = 0;
            using (DataViewRowCursor cursor = _source.GetRowCursor(missing))
            {
                Action<int>[] keep = [.. missing.Select((column, i) => stores[i].Keep(cursor, column))];
                for (; cursor.MoveNext(); count++)
                {
                    foreach (Action<int> column in keep)
                        column(count);
                }
            }

            if (_count >= 0 && _count != count)
                throw new InvalidOperationException($"The source gave {_count} rows before and {count} rows now: it cannot be cached.");
            for (int i = 0; i < missing.Length; i++)
                _stores[missing[i].Index] = stores[i];
            _count = count;
        }
    }

    private sealed class Cursor(CacheView view, ActiveColumns active, int[]? order) : DataViewRowCursor
    {
        private int _position = -1;
        private bool _done;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        private int Row => _position < 0
            ? throw new InvalidOperationException("The cursor is not on a row.")
            : order is null ? _position : order[_position];

        public override bool MoveNext()
        {
            if (!_done && _position + 1 < view._count)
            {
                _position++;
                return true;
            }

            _done = true;
            _position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)Row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            active.Require(column);
            return ActiveColumns.Cast<TValue>(view._stores[column.Index]!.MakeGetter(() => Row), Schema[column.Index]);
        }

        protected override void Dispose(bool disposing)
        {
            _done = true;
            _position = -1;
            base.Dispose(disposing);
        }
    }
}
