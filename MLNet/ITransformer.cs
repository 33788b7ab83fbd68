using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A function from view to view, fixed by fitting.</summary>
public interface ITransformer : ICanSaveModel
{
    /// <summary>Whether each output row depends on its own input row only, so that <see cref="GetRowToRowMapper"/> works.</summary>
    bool IsRowToRowMapper { get; }

    /// <summary>The schema that <see cref="Transform"/> gives for an input schema.</summary>
    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    /// <summary>A lazy view of the result.</summary>
    IDataView Transform(IDataView input);

    /// <summary>The same function on single rows.</summary>
    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}
