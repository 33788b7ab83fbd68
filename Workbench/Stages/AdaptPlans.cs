using System.Globalization;
using Microsoft.ML;
using Trainers;
using Workbench.Experiments;
using Workbench.MlNet;
using Workbench.Reranking;
using Workbench.Reranking.Adapting;

namespace Workbench.Stages;

/// <summary>Rows of <c>bias</c> and <c>gate</c>: cross-fitted on the turns that they rank, or fitted elsewhere and applied unchanged.</summary>
/// <param name="here">the data that is ranked</param>
/// <param name="grounds">other data to fit on</param>
/// <param name="ranking">what all rankings have in common</param>
internal sealed class AdaptPlans(FusionGround here, FusionGrounds grounds, Func<TrainingData?, RankingOptions> ranking, RunContext context)
{
    internal RowPlan Of(RerankCombination row)
    {
        var options = (AdaptOptions)row.Reranker.Options;
        string fitted = string.Create(CultureInfo.InvariantCulture, $"cross-fitted: {options.Folds} folds by dialogue of the {here.Task.Queries.Count:N0} turns, each ranked by what the others taught");
        return new RowPlan(
            $"{row.Llm.Label} + {row.Trainer.Label}, {row.Reranker.Label}{(options.FitOn is null ? ", cross-fitted" : "")}", RowPlan.Rerank,
            RowPlans.OptionsOf(row.Llm, ("reranker", row.Reranker), ("embeddings", row.Trainer)),
            () => fitted,
            seed =>
            {
                IDataView turns = here.Turns(row.Llm);
                AdaptEstimator estimator = Estimator(here, row, options, seed, ranking(here.Ratings));
                FittedAdaption? whole = options.FitOn is { } place ? Elsewhere(row, options, place, seed) : options.Save is null ? null : estimator.FitWhole(turns);
                if (options.Save is { } file)
                    whole!.Save(file);
                if (options.FitOn is not null)
                    fitted = $"{whole!.Description} of {Path.GetFileName(options.FitOn)}, applied unchanged";
                RankingTransformer ranker = options.FitOn is null ? estimator.Fit(turns) : estimator.Apply(whole!);
                return new RankedQueries(ranker.Transform(turns), ranker) { Queries = turns };
            })
        { Model = row.Llm.Label, Parts = [row.Llm, row.Reranker, row.Trainer], IsKept = options.Save is null };
    }

    private FittedAdaption Elsewhere(RerankCombination row, AdaptOptions options, string place, ulong seed)
    {
        if (!Directory.Exists(place))
        {
            FittedAdaption saved = FittedAdaption.Load(place);
            return saved.Name == row.Reranker.Name && saved.Of == options.Of ? saved
                : throw new UserErrorException($"holds a {saved.Name} of {saved.Of}: give the row the same method and options", place);
        }

        FusionGround there = grounds.Of(place, row.Llm);
        return Estimator(there, row, options, seed, ranking(null)).FitWhole(there.Turns(row.Llm));
    }

    private AdaptEstimator Estimator(FusionGround ground, RerankCombination row, AdaptOptions options, ulong seed, RankingOptions ranked)
    {
        IQueryScorer adapted = RerankerCatalog.All[options.Of].CreateDefault().Over(ground.Embeddings(row.Trainer, seed), ground.Task.Sources.For(row.Trainer.Options).Popularity);
        var run = new TrainingRun(seed, context.Threads, context.MemoryBytes, null, context.Cancellation);
        return new AdaptEstimator(adapted, options is GateOptions ? ground.Collaborative : null, ground.Task.Items, options, ranked, run);
    }
}
