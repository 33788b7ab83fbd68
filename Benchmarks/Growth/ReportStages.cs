using Baselines;
using Data;
using Data.Views;
using Evaluation;
using Microsoft.ML;
using Trainers;
using Trainers.Sampling;
using Workbench;
using Workbench.Experiments;
using Workbench.MlNet;
using Workbench.Reranking;
using Workbench.Stages;
using Workbench.Studies;

namespace Benchmarks.Growth;

/// <summary>What comes after training: metrics, reranking, and a run whose trials are all done.</summary>
internal static class ReportStages
{
    private const int Turns = 2_000, Named = 20, Dimension = 64;

    internal static IEnumerable<Measured> Metrics(string folder)
    {
        HeldRatings held = HeldRatings.Of(GrowthStages.Read(folder));
        RankingTransformer ranker = new BaselineEstimator(
            new MostPopular(new MostPopularOptions()), new TrainingRun(Threads: GrowthStages.Threads), new RankingOptions(GrowthStages.Depth + 1)).Fit(held.Training);
        Rankings lists = RankingCollector.Collect(held.Queries, ranker, GrowthStages.Depth, GrowthStages.Threads, CancellationToken.None);
        var plan = new EvaluationPlan { Metrics = ["hit", "ndcg", "mrr"], Cutoffs = [1, 5, 10], Threads = GrowthStages.Threads };
        yield return Measured.Of("three metrics, 1,000 bootstrap resamples", "users", held.Users, () => Evaluator.Evaluate(held.Targets, lists, plan, CancellationToken.None), out _);
    }

    /// <summary>The cost does not depend on vectors and lists, so both are random.</summary>
    internal static IEnumerable<Measured> Rerank(string folder)
    {
        IReadOnlyList<Item> items = GrowthStages.Read(folder).Items;
        var random = new SplitMix64(1);
        var vectors = new float[items.Count * Dimension];
        foreach (ref float value in vectors.AsSpan())
            value = (float)random.NextGaussian();
        Turn[] turns = [.. Enumerable.Range(0, Turns).Select(turn => new Turn($"{turn}", $"{turn}", Split.Test, null, null, [], [], [], []))];
        int[][] named = [.. turns.Select(_ => Enumerable.Range(0, Named).Select(_ => random.NextInt(items.Count)).Distinct().ToArray())];
        IQueryScorer scorer = RerankerCatalog.All["max-pool"].Create(new MaxPoolingOptions()).Over(new ItemEmbeddings(items.Count, Dimension, vectors), new float[items.Count]);
        IDataView queries = DatasetViews.OfTurns(turns, items, named);
        RankingTransformer ranker = new RerankEstimator(scorer, new RankingOptions(GrowthStages.Depth + 1)).Fit(queries);
        yield return Measured.Of($"max-pool, lists of {Named}, d {Dimension}: rank all items", "turns x items", Turns * (double)items.Count,
            () => RankingCollector.Collect(queries, ranker, GrowthStages.Depth, GrowthStages.Threads, CancellationToken.None), out _);
    }

    /// <summary>What a run costs beside its trials: reading, splitting, answering from the study, metrics, tests.</summary>
    internal static IEnumerable<Measured> RunAgain(string folder)
    {
        const string Yaml = "name: again\ntask: next-item\ndataset: { path: . }\ncatalogue: all\nevaluation: { depth: 10, metrics: [hit, ndcg], cutoffs: [10] }\nbaselines: [most-popular, random]\n";
        Experiment experiment = ExperimentFile.Parse(Yaml, "again.yaml", folder, [], Catalogs.All).Require();
        string studies = Directory.CreateTempSubdirectory("growth-").FullName;
        try
        {
            using Study study = Study.Open(studies, "again");
            RunProduct Run() => Pipeline.Run(experiment, RunContext.Of(experiment) with { Study = study });
            int ratings = GrowthStages.Read(folder).Ratings.Count;
            Run();
            yield return Measured.Of("a run of two rows that are done: all but the trials", "ratings", ratings, Run, out _);
        }
        finally
        {
            Directory.Delete(studies, recursive: true);
        }
    }
}
