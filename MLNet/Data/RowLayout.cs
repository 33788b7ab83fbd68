namespace Microsoft.ML.Data;

/// <summary>Where the columns of an output schema come from: an input column, or one of the added ones.</summary>
internal sealed class RowLayout
{
    // By output index: an input index, or the complement of the index among the added columns.
    private readonly int[] _sources;

    private RowLayout(DataViewSchema output, int[] sources) => (Output, _sources) = (output, sources);

    public DataViewSchema Output { get; }

    /// <summary>
    /// All input columns; an added one stands right after the one that it hides, else at the end.
    /// With <paramref name="inputs"/> the added ones are those input columns under other names.
    /// </summary>
    public static RowLayout Adding(DataViewSchema input, IReadOnlyList<DataViewSchema.DetachedColumn> added, int[]? inputs = null)
    {
        var order = new List<(DataViewSchema.DetachedColumn Column, int Source)>();
        foreach (DataViewSchema.Column column in input)
        {
            order.Add((new(column), column.Index));
            if (!column.IsHidden)
                Append(name => name == column.Name);
        }

        Append(name => input.GetColumnOrNull(name) is null);
        return Of(order);

        void Append(Func<string, bool> wanted)
        {
            for (int i = 0; i < added.Count; i++)
            {
                if (wanted(added[i].Name))
                    order.Add((added[i], inputs?[i] ?? ~i));
            }
        }
    }

    /// <summary>The input columns at the given indices, in that order.</summary>
    public static RowLayout Selecting(DataViewSchema input, IEnumerable<int> indices) =>
        Of([.. indices.Select(index => (new DataViewSchema.DetachedColumn(input[index]), index))]);

    /// <summary>The input column behind an output column; -1 if it is an added one.</summary>
    public int InputOf(int output) => Math.Max(_sources[output], -1);

    /// <summary>The index among the added columns; -1 if it is an input column.</summary>
    public int AddedOf(int output) => Math.Max(~_sources[output], -1);

    private static RowLayout Of(List<(DataViewSchema.DetachedColumn Column, int Source)> order)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(order.Select(item => item.Column));
        return new(builder.ToSchema(), [.. order.Select(item => item.Source)]);
    }
}
