namespace Microsoft.ML.Data;

/// <summary>
/// Rows in an order that a seed fixes: each pass draws from a pool of rows in memory, refilled from the source in its order,
/// or in a shuffled one if it can.
/// </summary>
internal sealed class ShuffledView(IDataView source, int seed, int poolSize, bool shuffleSource) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] active = [.. columnsNeeded.DistinctBy(column => column.Index)];
        rand ??= new Random(seed);
        return new Cursor(source.GetRowCursor(active, shuffleSource ? rand : null), active, poolSize, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly DataViewRowCursor _input;
        private readonly int _poolSize;
        private readonly Random _random;
        private readonly ActiveColumns _active;
        private readonly ColumnStore?[] _stores;
        private readonly Action<int>[] _keep;
        private readonly ValueGetter<DataViewRowId> _id;
        private readonly List<DataViewRowId> _ids = [];
        private int _pooled;
        private int _current = -1;
        private long _position = -1;
        private bool _exhausted;
        private bool _done;

        public Cursor(DataViewRowCursor input, DataViewSchema.Column[] active, int poolSize, Random random)
        {
            (_input, _poolSize, _random) = (input, poolSize, random);
            _active = new(input.Schema, active);
            _stores = [.. input.Schema.Select(column => _active.Contains(column) ? ColumnStore.For(column.Type) : null)];
            _keep = [.. active.Select(column => _stores[column.Index]!.Keep(input, column))];
            _id = input.GetIdGetter();
        }

        public override DataViewSchema Schema => _input.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        // The row that was handed out gives its slot to the next one from the source, or to the pool's last.
        public override bool MoveNext()
        {
            if (_done)
                return false;

            if (_current >= 0)
            {
                _pooled--;
                Swap(_current, _pooled);
            }

            while (_pooled < _poolSize && !_exhausted)
            {
                if (_input.MoveNext())
                    Keep(_pooled++);
                else
                    _exhausted = true;
            }

            if (_pooled == 0)
            {
                Stop();
                return false;
            }

            _current = _random.Next(_pooled);
            _position++;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[Slot()];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            _active.Require(column);
            return ActiveColumns.Cast<TValue>(_stores[column.Index]!.MakeGetter(Slot), Schema[column.Index]);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Stop();
                _input.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Slot() => _current >= 0 ? _current : throw new InvalidOperationException("The cursor is not on a row.");

        private void Keep(int slot)
        {
            foreach (Action<int> column in _keep)
                column(slot);
            DataViewRowId id = default;
            _id(ref id);
            if (slot == _ids.Count)
                _ids.Add(id);
            else
                _ids[slot] = id;
        }

        private void Swap(int a, int b)
        {
            foreach (ColumnStore? store in _stores)
                store?.Swap(a, b);
            (_ids[a], _ids[b]) = (_ids[b], _ids[a]);
        }

        private void Stop()
        {
            _done = true;
            _current = -1;
            _position = -1;
        }
    }
}
