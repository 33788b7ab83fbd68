namespace Microsoft.ML;

/// <summary>Learns a transformer from data.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    /// <summary>Learns from <paramref name="input"/>.</summary>
    TTransformer Fit(IDataView input);

    /// <summary>What the output will look like, as far as it is known before fitting; throws if the input does not fit.</summary>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
