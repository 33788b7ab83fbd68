namespace Microsoft.ML;

/// <summary>A lazy table: a schema, and cursors over its rows. Nothing is computed before a cursor asks for it.</summary>
public interface IDataView
{
    /// <summary>Whether a cursor that is given a random generator visits rows in another order.</summary>
    bool CanShuffle { get; }

    /// <summary>The columns.</summary>
    DataViewSchema Schema { get; }

    /// <summary>The number of rows, or null where only counting would tell.</summary>
    long? GetRowCount();

    /// <summary>A cursor in which <paramref name="columnsNeeded"/> are active.</summary>
    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    /// <summary>One to <paramref name="n"/> cursors that together visit each row once.</summary>
    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);
}
