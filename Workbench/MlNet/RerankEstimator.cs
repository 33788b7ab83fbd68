using Data.Views;
using Microsoft.ML;
using Workbench.Reranking;

namespace Workbench.MlNet;

/// <summary>
/// Nothing to fit: puts a <see cref="RankingTransformer"/> into a chain of estimators, so that reranking composes with <c>.Append(...)</c>.
/// </summary>
public sealed class RerankEstimator(IQueryScorer scorer, RankingOptions options) : IEstimator<RankingTransformer>
{
    public RankingTransformer Fit(IDataView input)
    {
        var transformer = new RankingTransformer(scorer, options);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        inputSchema.RequireKey(ColumnNames.Mentioned, SchemaShape.Column.VectorKind.VariableVector);
        inputSchema.RequireKey(ColumnNames.LlmItems, SchemaShape.Column.VectorKind.VariableVector);
        return inputSchema.With(RankingColumns.OfShape());
    }
}
