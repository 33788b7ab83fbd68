using Data;
using Data.Views;
using Microsoft.ML;
using Trainers;
using Workbench.Reranking;
using Workbench.Reranking.Adapting;
using Workbench.Reranking.Fusion;

namespace Workbench.MlNet;

/// <summary>
/// <c>bias</c> and <c>gate</c> as an ML.NET estimator: cross-fits on a view of turns with Conversation, Context, Mentioned, Targets and LlmItems; the transformer is for these turns.
/// </summary>
/// <param name="adapted">the reranker whose scores are adapted</param>
/// <param name="collaborative">fitted on ratings; null for none</param>
/// <param name="items">that are ranked</param>
public sealed class AdaptEstimator(IQueryScorer adapted, IHistoryScorer? collaborative, IReadOnlyList<Item> items, AdaptOptions options, RankingOptions ranking, TrainingRun run)
    : IEstimator<RankingTransformer>
{
    private readonly AdaptFitting _fitting = new(adapted, collaborative, options, run);

    /// <exception cref="UserErrorException">There is nothing to learn from.</exception>
    public RankingTransformer Fit(IDataView input) => new(_fitting.Crossed(TurnReader.Read(input)), ranking);

    /// <summary>Fitted on all turns of a view, to be kept or applied to others.</summary>
    /// <exception cref="UserErrorException">There is nothing to learn from.</exception>
    public FittedAdaption FitWhole(IDataView input)
    {
        FittingTurn[] turns = TurnReader.Read(input);
        return new FittedAdaption(_fitting.Whole(turns), options.Of, items, FittingTurn.Described(turns));
    }

    /// <summary>What was fitted elsewhere, unchanged, as the transformer of this estimator's items.</summary>
    /// <exception cref="UserErrorException">It was fitted with a source that is not here.</exception>
    public RankingTransformer Apply(FittedAdaption fitted) => new(fitted.Over(adapted, collaborative, items), ranking);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        inputSchema.RequireKey(ColumnNames.Mentioned, SchemaShape.Column.VectorKind.VariableVector);
        inputSchema.RequireKey(ColumnNames.Targets, SchemaShape.Column.VectorKind.VariableVector);
        inputSchema.RequireKey(ColumnNames.LlmItems, SchemaShape.Column.VectorKind.VariableVector);
        return inputSchema.With(RankingColumns.OfShape());
    }
}
