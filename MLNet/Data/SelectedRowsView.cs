namespace Microsoft.ML.Data;

/// <summary>Some rows of a view: a base for take, skip and filter. Columns and identities are the source's.</summary>
internal abstract class SelectedRowsView(IDataView source) : IDataView
{
    protected IDataView Source => source;

    public DataViewSchema Schema => source.Schema;

    public abstract bool CanShuffle { get; }

    public abstract long? GetRowCount();

    /// <summary>Source columns that choosing rows needs.</summary>
    protected abstract IEnumerable<DataViewSchema.Column> Needed { get; }

    /// <summary>Moves the source's cursor to the next row that is wanted.</summary>
    protected abstract Func<bool> Mover(DataViewRowCursor source);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] active = [.. columnsNeeded];
        DataViewRowCursor input = source.GetRowCursor(active.Concat(Needed).DistinctBy(column => column.Index), CanShuffle ? rand : null);
        return new Cursor(input, Mover(input), new(Schema, active));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, Func<bool> moveNext, ActiveColumns active) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _done;

        public override DataViewSchema Schema => input.Schema;

        public override long Position => _position;

        public override long Batch => input.Batch;

        public override bool MoveNext()
        {
            if (!_done && moveNext())
            {
                _position++;
                return true;
            }

            _done = true;
            _position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            active.Require(column);
            return input.GetGetter<TValue>(column);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _done = true;
                _position = -1;
                input.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>The rows after the first <paramref name="skip"/>, at most <paramref name="take"/> of them.</summary>
internal sealed class SlicedView(IDataView source, long skip, long take) : SelectedRowsView(source)
{
    public override bool CanShuffle => false;

    protected override IEnumerable<DataViewSchema.Column> Needed => [];

    public override long? GetRowCount() => Source.GetRowCount() is { } count ? Math.Min(Math.Max(count - skip, 0), take) : null;

    protected override Func<bool> Mover(DataViewRowCursor source)
    {
        long toSkip = skip, toTake = take;
        return () =>
        {
            for (; toSkip > 0; toSkip--)
            {
                if (!source.MoveNext())
                    return false;
            }

            return toTake-- > 0 && source.MoveNext();
        };
    }
}

/// <summary>The rows whose value in one column is at least <paramref name="lower"/> and below <paramref name="upper"/>; never NaN.</summary>
internal sealed class FilteredView(IDataView source, DataViewSchema.Column column, double lower, double upper) : SelectedRowsView(source)
{
    public override bool CanShuffle => Source.CanShuffle;

    protected override IEnumerable<DataViewSchema.Column> Needed => [column];

    public override long? GetRowCount() => null;

    protected override Func<bool> Mover(DataViewRowCursor source)
    {
        Func<double> value = column.Type.Equals(NumberDataViewType.Single) ? Reader<float>(source, number => number) : Reader<double>(source, number => number);
        return () =>
        {
            while (source.MoveNext())
            {
                double number = value();
                if (number >= lower && number < upper)
                    return true;
            }

            return false;
        };
    }

    private Func<double> Reader<T>(DataViewRow row, Func<T, double> convert)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }
}
