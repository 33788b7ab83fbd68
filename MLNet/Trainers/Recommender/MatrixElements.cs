namespace Microsoft.ML.Trainers.Recommender;

/// <summary>The given elements of a matrix, in the order of the data; indices from 0.</summary>
internal sealed class MatrixElements(int rowCount, int columnCount)
{
    public int RowCount => rowCount;

    public int ColumnCount => columnCount;

    public int Count => Rows.Count;

    public List<int> Rows { get; } = [];

    public List<int> Columns { get; } = [];

    public List<float> Values { get; } = [];

    public void Add(int row, int column, float value)
    {
        Rows.Add(row);
        Columns.Add(column);
        Values.Add(value);
    }
}
