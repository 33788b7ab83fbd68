namespace Microsoft.ML;

/// <summary>Where recommendation hangs on the context.</summary>
public static class RecommenderCatalog
{
    /// <summary>Trainers and metrics of recommendation.</summary>
    public static RecommendationCatalog Recommendation(this MLContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        return new(ctx);
    }
}
