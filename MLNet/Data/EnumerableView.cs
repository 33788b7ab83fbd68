namespace Microsoft.ML.Data;

/// <summary>A sequence of objects as a view. Each cursor enumerates it anew.</summary>
internal sealed class EnumerableView<TRow>(IEnumerable<TRow> rows, SchemaDefinition? definition) : IDataView
    where TRow : class
{
    private readonly RowReader<TRow> _reader = new(definition);

    public DataViewSchema Schema => _reader.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => (rows as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(_reader, rows, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(RowReader<TRow> reader, IEnumerable<TRow> rows, IEnumerable<DataViewSchema.Column> columnsNeeded) : DataViewRowCursor
    {
        private readonly ActiveColumns _active = new(reader.Schema, columnsNeeded);
        private IEnumerator<TRow>? _rows = rows.GetEnumerator();
        private TRow? _current;
        private long _position = -1;

        public override DataViewSchema Schema => reader.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (_rows is null)
                return false;

            if (!_rows.MoveNext())
            {
                Dispose();
                return false;
            }

            _position++;
            _current = _rows.Current ?? throw new InvalidOperationException($"Row {_position} of the sequence is null.");
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
            id = _position >= 0 ? new((ulong)_position, 0) : throw new InvalidOperationException("The cursor is not on a row.");

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            _active.Require(column);
            return ActiveColumns.Cast<TValue>(reader.MakeGetter(column.Index, Current), reader.Schema[column.Index]);
        }

        private TRow Current() => _current ?? throw new InvalidOperationException("The cursor is not on a row.");

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _rows?.Dispose();
                _rows = null;
                _current = null;
                _position = -1;
            }

            base.Dispose(disposing);
        }
    }
}
