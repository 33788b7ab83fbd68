namespace Microsoft.ML.Data;

/// <summary>An output column and the input column that it is made of.</summary>
internal readonly record struct ColumnPair(string Output, string Input)
{
    public static ColumnPair[] Of(InputOutputColumnPair[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Array.ConvertAll(columns, column => new ColumnPair(column.OutputColumnName, column.InputColumnName));
    }

    public static ColumnPair Of(string outputColumnName, string? inputColumnName)
    {
        var pair = new InputOutputColumnPair(outputColumnName, inputColumnName);
        return new(pair.OutputColumnName, pair.InputColumnName);
    }
}
