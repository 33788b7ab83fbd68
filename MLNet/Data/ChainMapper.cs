namespace Microsoft.ML.Data;

/// <summary>Row mappers one after another.</summary>
internal sealed class ChainMapper : IRowToRowMapper
{
    private readonly IRowToRowMapper[] _mappers;

    public ChainMapper(DataViewSchema input, IEnumerable<ITransformer> transformers)
    {
        InputSchema = input;
        var mappers = new List<IRowToRowMapper>();
        foreach (ITransformer transformer in transformers)
        {
            mappers.Add(transformer.GetRowToRowMapper(input));
            input = mappers[^1].OutputSchema;
        }

        _mappers = [.. mappers];
        OutputSchema = input;
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        _mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        // What each mapper must give, from the last one back.
        var active = new DataViewSchema.Column[_mappers.Length][];
        IEnumerable<DataViewSchema.Column> columns = activeColumns;
        for (int i = _mappers.Length - 1; i >= 0; i--)
        {
            active[i] = [.. columns];
            columns = _mappers[i].GetDependencies(active[i]);
        }

        DataViewRow row = input;
        for (int i = 0; i < _mappers.Length; i++)
            row = _mappers[i].GetRow(row, active[i]);
        return row;
    }
}
