using Data.Views;
using Microsoft.ML;
using Trainers;
using Workbench.Reranking.Fusion;
using Workbench.Reranking.Fusion.Features;

namespace Workbench.MlNet;

/// <summary>
/// A learned reranker as an ML.NET estimator: fits on a view of turns with Conversation, Context, Mentioned, Targets and LlmItems, and ranks such views.
/// </summary>
/// <param name="sources">what it knows beside the turns</param>
/// <param name="options">the tier, the ranker, the folds</param>
/// <param name="ranking">what all rankings of a run have in common</param>
/// <param name="run">seed and threads</param>
/// <param name="crossFit">true to rank each dialogue by what the other folds taught: then the transformer is for these turns</param>
public sealed class FusionEstimator(FusionSources sources, FusionOptions options, RankingOptions ranking, TrainingRun run, bool crossFit) : IEstimator<RankingTransformer>
{
    /// <exception cref="UserErrorException">There is nothing to learn from.</exception>
    public RankingTransformer Fit(IDataView input) => FitAndTell(input).Ranker;

    /// <summary>The same, with what was learned.</summary>
    /// <exception cref="UserErrorException">There is nothing to learn from.</exception>
    public (RankingTransformer Ranker, FusionLesson Lesson) FitAndTell(IDataView input)
    {
        if (!crossFit)
        {
            FittedFusion whole = FitWhole(input);
            return (Apply(whole), FusionLesson.Of([whole.Model]));
        }

        FittingTurn[] turns = TurnReader.Read(input);
        var features = new FeatureSet(sources, options.Tier, options.Without);
        var fitting = new FusionFitting(sources, options, features, run);
        var folds = new DialogueFolds(turns.Select(turn => turn.Conversation), options.Folds, run.Seed);
        FusionModel[] models = [.. Enumerable.Range(0, options.Folds).Select(fold => fitting.Fit([.. turns.Where(turn => folds.Of(turn.Conversation) != fold)]))];
        return (new RankingTransformer(new FusionScorer(features, models, folds), ranking), FusionLesson.Of(models));
    }

    /// <summary>Fitted on all turns of a view, to be kept or applied to others.</summary>
    /// <exception cref="UserErrorException">There is nothing to learn from.</exception>
    public FittedFusion FitWhole(IDataView input)
    {
        FittingTurn[] turns = TurnReader.Read(input);
        FusionModel model = new FusionFitting(sources, options, new FeatureSet(sources, options.Tier, options.Without), run).Fit(turns);
        return new FittedFusion(model, sources.Items, FittingTurn.Described(turns));
    }

    /// <summary>What was fitted elsewhere, unchanged, as the transformer of this estimator's items.</summary>
    /// <exception cref="UserErrorException">It was fitted with a source that is not here.</exception>
    public RankingTransformer Apply(FittedFusion fitted) => new(fitted.Over(sources), ranking);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        inputSchema.RequireKey(ColumnNames.Mentioned, SchemaShape.Column.VectorKind.VariableVector);
        inputSchema.RequireKey(ColumnNames.Targets, SchemaShape.Column.VectorKind.VariableVector);
        inputSchema.RequireKey(ColumnNames.LlmItems, SchemaShape.Column.VectorKind.VariableVector);
        return inputSchema.With(RankingColumns.OfShape());
    }
}
