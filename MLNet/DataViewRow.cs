using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>One row: which columns are active, and getters for those.</summary>
public abstract class DataViewRow : IDisposable
{
    /// <summary>0 for the first row; -1 when not on a row.</summary>
    public abstract long Position { get; }

    /// <summary>Orders rows between the cursors of a set; does not decrease within one cursor.</summary>
    public abstract long Batch { get; }

    /// <summary>The columns.</summary>
    public abstract DataViewSchema Schema { get; }

    /// <summary>A getter of the row's identity.</summary>
    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    /// <summary>Whether a getter of the column may be asked for.</summary>
    public abstract bool IsColumnActive(DataViewSchema.Column column);

    /// <summary>A getter of an active column; <typeparamref name="TValue"/> is the column's raw type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is not active.</exception>
    /// <exception cref="InvalidOperationException">The raw type is another one.</exception>
    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    /// <summary>Lets go of what the row holds; a second call does nothing.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>For derived rows that hold something.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
