using System.Globalization;
using Microsoft.ML;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.MlNet;
using Workbench.Reranking.Fusion;

namespace Workbench.Stages;

/// <summary>Rows of fusions: cross-fitted on the turns that they rank, or fitted elsewhere and applied unchanged.</summary>
/// <param name="here">the data that is ranked</param>
/// <param name="grounds">other data to fit on</param>
/// <param name="ranking">what all rankings have in common</param>
internal sealed class FusionPlans(FusionGround here, FusionGrounds grounds, Func<TrainingData?, RankingOptions> ranking, RunContext context)
{
    // Weights in a report.
    private const int Told = 12;

        internal RowPlan Of(RerankCombination row)
    {
        var options = (FusionOptions)row.Reranker.Options;
        string? fitted = null;
        return new RowPlan(
            $"{row.Llm.Label} + {Scoped(row)}{row.Reranker.Label}{(options.FitOn is null ? ", cross-fitted" : "")}", RowPlan.Rerank,
            RowPlans.OptionsOf(row.Llm, [("reranker", row.Reranker), .. row.Embeddings.Select((trainer, i) => (string.Create(CultureInfo.InvariantCulture, $"embeddings {i + 1}"), trainer))]),
            () => fitted ?? CrossFitted(options),
            seed =>
            {
                RequireTier(row, options);
                IDataView turns = here.Turns(row.Llm);
                FusionSources sources = here.Sources(row.Embeddings, seed);
                var estimator = new FusionEstimator(sources, options, ranking(here.Ratings), Run(seed), crossFit: options.FitOn is null);
                FittedFusion? whole = options.FitOn is { } place ? Elsewhere(row, options, place, seed)
                    : options.Save is null ? null : new FusionEstimator(sources, options, ranking(here.Ratings), Run(seed), crossFit: false).FitWhole(turns);
                if (options.Save is { } file)
                    whole!.Save(file);
                if (options.FitOn is not null)
                {
                    fitted = $"{whole!.Description} of {Path.GetFileName(options.FitOn)}, applied unchanged; {Statistics(options)}; {whole.Lesson.Sentence(Told)}";
                    RankingTransformer applied = estimator.Apply(whole);
                    return new RankedQueries(applied.Transform(turns), applied) { Queries = turns };
                }

                (RankingTransformer ranker, FusionLesson lesson) = estimator.FitAndTell(turns);
                fitted = $"{CrossFitted(options)}; {lesson.Sentence(Told)}";
                return new RankedQueries(ranker.Transform(turns), ranker) { Queries = turns };
            })
        { Model = row.Llm.Label, Parts = [row.Llm, row.Reranker, .. row.Embeddings], IsKept = options.Save is null };
    }

    private FittedFusion Elsewhere(RerankCombination row, FusionOptions options, string place, ulong seed)
    {
        if (!Directory.Exists(place))
        {
            FittedFusion saved = FittedFusion.Load(place);
            return saved.Options.Tier == options.Tier && saved.Options.Ranker == options.Ranker && saved.Options.Without == options.Without ? saved
                : throw new UserErrorException($"holds a fusion of tier {Named(saved.Options.Tier)}, ranker {Named(saved.Options.Ranker)}, without {Named(saved.Options.Without)}: give the row the same options", place);
        }

        FusionGround there = grounds.Of(place, row.Llm);
        return new FusionEstimator(there.Sources(row.Embeddings, seed), options, ranking(null), Run(seed), crossFit: false).FitWhole(there.Turns(row.Llm));
    }

    /// <summary>The embeddings by name, where the row does not join all that there are.</summary>
    private static string Scoped(RerankCombination row) => row.Reranker.Scope?.Embeddings is null ? "" : $"{string.Join(" & ", row.Embeddings.Select(trainer => trainer.Label))}, ";

    private TrainingRun Run(ulong seed) => new(seed, context.Threads, context.MemoryBytes, null, context.Cancellation);

    private static void RequireTier(RerankCombination row, FusionOptions options)
    {
        if (options.Tier is FusionTier.Validation or FusionTier.All)
            return;
        if (row.Embeddings.FirstOrDefault(trainer => trainer.Options is SourceOptions { TrainOn: not TrainOn.Ratings }) is { } spoken)
            throw new UserErrorException($"the tier {Named(options.Tier)} has no statistics of dialogues, and `{spoken.Label}` is trained on some: leave it out by `embeddings`");
    }

    private string CrossFitted(FusionOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"cross-fitted: {options.Folds} folds by dialogue of the {here.Task.Queries.Count:N0} turns, each ranked by what the others taught; {Statistics(options)}");

    private static string Statistics(FusionOptions options) => options.Tier switch
    {
        FusionTier.LlmCf or FusionTier.NoDialogues => "no statistics of dialogues",
        FusionTier.Validation => "statistics of the train and validation conversations",
        _ => "statistics of the train and validation conversations and of the fitting dialogues",
    };

    private static string Named(Enum value) => OptionName.OfMember(value.ToString());
}
