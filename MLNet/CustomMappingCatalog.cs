using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Own functions as transformers.</summary>
public static class CustomMappingCatalog
{
    /// <summary>Fills the members of <typeparamref name="TDst"/>, which become columns, from those of <typeparamref name="TSrc"/>.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="mapAction">Called once per row, possibly by several cursors at a time.</param>
    /// <param name="contractName">The name under which a saved mapping would be found; saving is not supported here.</param>
    /// <param name="inputSchemaDefinition">How members are input columns, if not as their attributes say.</param>
    /// <param name="outputSchemaDefinition">How members are output columns, if not as their attributes say.</param>
    public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(
        this TransformsCatalog catalog,
        Action<TSrc, TDst> mapAction,
        string? contractName,
        SchemaDefinition? inputSchemaDefinition = null,
        SchemaDefinition? outputSchemaDefinition = null)
        where TSrc : class, new()
        where TDst : class, new() =>
        new(new(mapAction, inputSchemaDefinition, outputSchemaDefinition));
}
