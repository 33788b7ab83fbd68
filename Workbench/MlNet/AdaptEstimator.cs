using Data.Views;
using Microsoft.ML;
using Trainers;
using Workbench.Reranking;
using Workbench.Reranking.Adapting;

namespace Workbench.MlNet;

/// <summary>
/// <c>bias</c> and <c>gate</c> as an ML.NET estimator: cross-fits on a view of turns with Conversation, Context, Mentioned, Targets and LlmItems; the transformer is for these turns.
/// </summary>
/// <param name="adapted">the reranker whose scores are adapted</param>
/// <param name="collaborative">fitted on ratings; null for none</param>
public sealed class AdaptEstimator(IQueryScorer adapted, IHistoryScorer? collaborative, AdaptOptions options, RankingOptions ranking, TrainingRun run) : IEstimator<RankingTransformer>
{
    /// <exception cref="UserErrorException">There is nothing to learn from.</exception>
    public RankingTransformer Fit(IDataView input) => new(AdaptedScorer.Fit(adapted, collaborative, options, TurnReader.Read(input), run), ranking);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        inputSchema.RequireKey(ColumnNames.Mentioned, SchemaShape.Column.VectorKind.VariableVector);
        inputSchema.RequireKey(ColumnNames.Targets, SchemaShape.Column.VectorKind.VariableVector);
        inputSchema.RequireKey(ColumnNames.LlmItems, SchemaShape.Column.VectorKind.VariableVector);
        return inputSchema.With(RankingColumns.OfShape());
    }
}
