using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Values to keys and back.</summary>
public static class ConversionsExtensionsCatalog
{
    /// <summary>Keys of a column's values.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="outputColumnName">The key column.</param>
    /// <param name="inputColumnName">The column of values; the same, if null.</param>
    /// <param name="maximumNumberOfKeys">Values beyond these many get no key.</param>
    /// <param name="keyOrdinality">How values are numbered.</param>
    /// <param name="addKeyValueAnnotationsAsText">Whether the values behind the keys are told as text.</param>
    /// <param name="keyData">A view of one column whose values get the keys, instead of those of the data.</param>
    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximumNumberOfKeys,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView? keyData = null) =>
        new([new(ColumnPair.Of(outputColumnName, inputColumnName), maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText)], keyData);

    /// <summary>Keys of several columns' values, each numbered for itself.</summary>
    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        InputOutputColumnPair[] columns,
        int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximumNumberOfKeys,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView? keyData = null) =>
        new(Array.ConvertAll(ColumnPair.Of(columns), pair => new KeyColumn(pair, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText)), keyData);

    /// <summary>The values of a column's keys.</summary>
    public static KeyToValueMappingEstimator MapKeyToValue(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null) =>
        new(ColumnPair.Of(outputColumnName, inputColumnName));

    /// <summary>The values of several columns' keys.</summary>
    public static KeyToValueMappingEstimator MapKeyToValue(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns) => new(ColumnPair.Of(columns));

    /// <summary>The same values in another type; here only keys in another unsigned type.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="outputColumnName">The converted column.</param>
    /// <param name="inputColumnName">The column of values; the same, if null.</param>
    /// <param name="outputKind">The type wanted.</param>
    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        DataKind outputKind = DataKind.Single) =>
        new(ColumnPair.Of(outputColumnName, inputColumnName), outputKind);
}
