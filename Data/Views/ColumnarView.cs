using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Data.Views;

/// <summary>A column of a <see cref="ColumnarView"/>: its type, and how to read it on a given row.</summary>
/// <param name="Name">of the column</param>
/// <param name="Type">of the column</param>
/// <param name="Annotations">such as key values, or null</param>
/// <param name="MakeGetter">a <see cref="ValueGetter{T}"/> of the type's raw type, over the row that the cursor stands on</param>
public sealed record ViewColumn(string Name, DataViewType Type, DataViewSchema.Annotations? Annotations, Func<RowPointer, Delegate> MakeGetter);

/// <summary>Where a cursor stands.</summary>
public sealed class RowPointer
{
    private int _row = -1;

    /// <summary>0-based.</summary>
    /// <exception cref="InvalidOperationException">The cursor is before the first row or after the last.</exception>
    public int Row
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_row < 0)
                NotOnARow();
            return _row;
        }

        internal set => _row = value;
    }

    /// <summary>The row, or -1.</summary>
    internal int Unchecked => _row;

    private static void NotOnARow() => throw new InvalidOperationException("The cursor is not on a row.");
}

/// <summary>
/// An <see cref="IDataView"/> over columns in memory: lazy, without copies, shuffled on request, and divided among several cursors.
/// </summary>
public sealed class ColumnarView : IDataView
{
    // Fewer rows than this are not worth a cursor of their own.
    private const int RowsPerCursor = 64;

    private readonly ViewColumn[] _columns;
    private readonly int _rows;

    public ColumnarView(int rows, params ViewColumn[] columns)
    {
        (_rows, _columns) = (rows, columns);
        var builder = new DataViewSchema.Builder();
        foreach (ViewColumn column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => true;

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        int[]? order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, _rows)];
            rand.Shuffle(order);
        }

        return new Cursor(this, columnsNeeded, order, 0, _rows, batch: 0);
    }

    /// <summary>Contiguous blocks of rows, one per cursor; a shuffled set is one cursor.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        int count = Math.Clamp(_rows / RowsPerCursor, 1, Math.Max(1, n));
        if (rand is not null || count == 1)
            return [GetRowCursor(columnsNeeded, rand)];

        DataViewSchema.Column[] needed = [.. columnsNeeded];
        var cursors = new DataViewRowCursor[count];
        for (int i = 0; i < count; i++)
            cursors[i] = new Cursor(this, needed, null, (int)((long)_rows * i / count), (int)((long)_rows * (i + 1) / count), batch: i);
        return cursors;
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly ColumnarView _view;
        private readonly int[]? _order;
        private readonly int _first;
        private readonly bool[] _active;
        private readonly RowPointer _pointer = new();
        private int _position = -1;

        // Rows of this cursor; none any more once it is at the end.
        private int _left;

        internal Cursor(ColumnarView view, IEnumerable<DataViewSchema.Column> needed, int[]? order, int first, int end, long batch)
        {
            (_view, _order, _first, _left, Batch) = (view, order, first, end - first, batch);
            _active = new bool[view._columns.Length];
            foreach (DataViewSchema.Column column in needed)
                _active[column.Index] = true;
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _position;

        public override long Batch { get; }

        public override bool MoveNext()
        {
            int next = _position + 1;
            if (next < _left)
            {
                (_position, _pointer.Row) = (next, _order is null ? _first + next : _order[next]);
                return true;
            }

            (_left, _position, _pointer.Row) = (0, -1, -1);
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)_pointer.Row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
                throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active.");
            return _view._columns[column.Index].MakeGetter(_pointer) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' has {column.Type.RawType}, not {typeof(TValue)}.");
        }
    }
}
