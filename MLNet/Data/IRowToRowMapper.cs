namespace Microsoft.ML.Data;

/// <summary>A function from row to row, bound to an input schema.</summary>
public interface IRowToRowMapper
{
    /// <summary>The schema it was bound to.</summary>
    DataViewSchema InputSchema { get; }

    /// <summary>The schema of the rows it gives.</summary>
    DataViewSchema OutputSchema { get; }

    /// <summary>The input columns that the given output columns are computed from.</summary>
    IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns);

    /// <summary>A row that follows <paramref name="input"/> and owns it.</summary>
    DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns);
}
