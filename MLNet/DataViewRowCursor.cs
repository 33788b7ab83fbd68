namespace Microsoft.ML;

/// <summary>A row that moves forward over a view, once.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    /// <summary>Goes to the next row; false, for ever, after the last one.</summary>
    public abstract bool MoveNext();
}
