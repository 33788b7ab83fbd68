using System.Collections.ObjectModel;

namespace Microsoft.Data.Analysis;

/// <summary>The columns of a frame: of one length, and of different names.</summary>
public class DataFrameColumnCollection : Collection<DataFrameColumn>
{
    internal DataFrameColumnCollection(IEnumerable<DataFrameColumn> columns)
    {
        foreach (DataFrameColumn column in columns)
            Add(column);
    }

    internal long RowCount => Count == 0 ? 0 : this[0].Length;

    /// <summary>The column of a name; setting it renames the given one.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public DataFrameColumn this[string columnName]
    {
        get
        {
            int index = IndexOf(columnName);
            return index >= 0 ? this[index] : throw new ArgumentException($"There is no column '{columnName}'.", nameof(columnName));
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Name = columnName;
            int index = IndexOf(columnName);
            if (index < 0)
                Add(value);
            else
                this[index] = value;
        }
    }

    /// <summary>Where the column of a name is; -1 if there is none.</summary>
    public int IndexOf(string columnName)
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i].Name == columnName)
                return i;
        }

        return -1;
    }

    /// <inheritdoc/>
    protected override void InsertItem(int columnIndex, DataFrameColumn column)
    {
        Check(column, at: -1);
        base.InsertItem(columnIndex, column);
    }

    /// <inheritdoc/>
    protected override void SetItem(int columnIndex, DataFrameColumn column)
    {
        Check(column, columnIndex);
        base.SetItem(columnIndex, column);
    }

    private void Check(DataFrameColumn column, int at)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Count > 0 && column.Length != RowCount)
            throw new ArgumentException($"Column '{column.Name}' has {column.Length} rows, the others {RowCount}.", nameof(column));
        int same = IndexOf(column.Name);
        if (same >= 0 && same != at)
            throw new ArgumentException($"There is a column '{column.Name}' already.", nameof(column));
    }
}
