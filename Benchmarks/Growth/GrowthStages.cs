using System.Diagnostics;
using Baselines;
using Data;
using Data.Splitting;
using Data.Storage;
using Data.Views;
using Evaluation;
using Microsoft.ML;
using Trainers;
using Workbench.MlNet;

namespace Benchmarks.Growth;

/// <summary>The stages from a dataset's folder, whose cache is there, to ranked lists of all users.</summary>
internal static class GrowthStages
{
    internal const int Depth = 10;

    // Of a long training; the cost of a token does not depend on how many users there are.
    private const int SasrecUsers = 4_000;

    internal static readonly int Threads = Environment.ProcessorCount;

    /// <summary>By name: what each measures in a folder.</summary>
    internal static IReadOnlyDictionary<string, Func<string, IEnumerable<Measured>>> All { get; } = new Dictionary<string, Func<string, IEnumerable<Measured>>>
    {
        ["open"] = Open,
        ["cursors"] = Cursors,
        ["split"] = Split,
        ["most-popular"] = folder => Baseline("most-popular", new MostPopular(new MostPopularOptions()), folder),
        ["item-knn"] = folder => Baseline("item-knn, 100 neighbours", new ItemKnn(new ItemKnnOptions { Neighbours = 100 }), folder),
        ["ials"] = Ials,
        ["bpr"] = folder => [Epoch("bpr, d 64", new MatrixFactorization(new MatrixFactorizationOptions { Algorithm = FactorizationAlgorithm.Bpr, Epochs = 2 }), Ratings(folder))],
        ["fism"] = folder => [Epoch("fism, auc, d 64", new Fism(new FismOptions { Variant = FismVariant.Auc, Epochs = 2 }), Ratings(folder))],
        ["item2vec"] = folder => [Epoch("item2vec, window 5, d 64", new Item2Vec(new Item2VecOptions { Window = 5, Epochs = 2 }), Ratings(folder))],
        ["sasrec"] = folder => [Sasrec(50, folder), Sasrec(200, folder)],
        ["metrics"] = ReportStages.Metrics,
        ["rerank"] = ReportStages.Rerank,
        ["run-again"] = ReportStages.RunAgain,
    };

    internal static LinkedDataset Read(string folder) => DatasetReader.Read(folder, new DatasetReadOptions(Threads: Threads)).Dataset;

    private static Interactions Ratings(string folder) => Read(folder).Ratings;

    private static IEnumerable<Measured> Open(string folder)
    {
        Measured first = Measured.Of("open, the program's first", "ratings", 1, () => Read(folder).Ratings.Count, out int ratings);
        yield return first with { Units = ratings };
        for (int warm = 0; warm < 10; warm++)
            Read(folder);
        yield return Measured.Of("open again", "ratings", ratings, () => Read(folder), out _);
    }

    private static IEnumerable<Measured> Cursors(string folder)
    {
        LinkedDataset dataset = Read(folder);
        IDataView view = DatasetViews.OfInteractions(dataset.Ratings, dataset.Users, dataset.Items);
        foreach (int cursors in (int[])[1, Threads])
        {
            Pass(view, cursors);
            yield return Measured.Of($"{cursors} {(cursors == 1 ? "cursor" : "cursors")} over four columns", "ratings", dataset.Ratings.Count, () => Pass(view, cursors), out _);
        }
    }

    private static IEnumerable<Measured> Split(string folder)
    {
        Interactions ratings = Ratings(folder);
        yield return Measured.Of("split off last items", "ratings", ratings.Count, () => LeaveLastOut.Split(ratings), out _);
    }

    private static double Pass(IDataView view, int cursors)
    {
        DataViewRowCursor[] set = view.GetRowCursorSet(view.Schema, cursors);
        var sums = new double[set.Length];
        Parallel.For(0, set.Length, new ParallelOptions { MaxDegreeOfParallelism = set.Length }, i => sums[i] = CursorPass.OverFourColumns(set[i]));
        return sums.Sum();
    }

    private static IEnumerable<Measured> Baseline(string name, IBaseline baseline, string folder)
    {
        HeldRatings held = HeldRatings.Of(Read(folder));
        var estimator = new BaselineEstimator(baseline, new TrainingRun(Threads: Threads), new RankingOptions(Depth + 1));
        yield return Measured.Of($"{name}: fit", "ratings", held.Ratings, () => estimator.Fit(held.Training), out RankingTransformer ranker);
        yield return Ranked(name, ranker, held);
    }

    private static IEnumerable<Measured> Ials(string folder)
    {
        const int Iterations = 10;
        HeldRatings held = HeldRatings.Of(Read(folder));
        var trainer = new MatrixFactorization(new MatrixFactorizationOptions { Iterations = Iterations });
        var estimator = new ItemEmbeddingEstimator(trainer, new TrainingRun(Threads: Threads));
        yield return Measured.Of($"iALS, d 64: {Iterations} iterations", "ratings", held.Ratings, () => estimator.Fit(held.Training), out ItemEmbeddingTransformer model);
        yield return Ranked("iALS", model.Ranker(new RankingOptions(Depth + 1))!, held);
    }

    /// <summary>The second pass's time: the first compiles.</summary>
    private static Measured Ranked(string name, RankingTransformer ranker, HeldRatings held)
    {
        Collect();
        return Measured.Of($"{name}: rank all items for all users", "users x items", held.Users * (double)held.Items, Collect, out _);

        Rankings Collect() => RankingCollector.Collect(held.Queries, ranker, Depth, Threads, CancellationToken.None);
    }

    private static Measured Epoch(string name, IItemEmbeddingTrainer trainer, Interactions ratings)
    {
        var watch = new LastEpoch();
        trainer.Train(ratings, new TrainingRun(Threads: Threads, Progress: watch));
        return new Measured($"{name}: an epoch", watch.Seconds, watch.Work.Count, watch.Work.Unit);
    }

    private static Measured Sasrec(int length, string folder)
    {
        Interactions all = Ratings(folder);
        int users = Math.Min(SasrecUsers, all.UserCount), rows = (int)all.Offsets[users];
        var some = new Interactions(users, all.ItemCount, all.Offsets[..(users + 1)], all.Columns.Items[..rows], all.Columns.Ratings[..rows], all.Columns.Times[..rows]);
        var options = new SasrecOptions { Loss = SasrecLoss.SampledSoftmax, Negatives = 1000, MaxLength = length, Epochs = 2, ValidationUsers = 0 };
        return Epoch(FormattableString.Invariant($"sasrec, softmax over 1,000, d 64, length {length}, {users:N0} users"), new Sasrec(options), some);
    }

    /// <summary>The second epoch's time: the first compiles.</summary>
    private sealed class LastEpoch : IProgress<TrainingProgress>
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();

        internal double Seconds { get; private set; }

        internal EpochWork Work { get; private set; }

        public void Report(TrainingProgress value)
        {
            (Seconds, Work) = (_clock.Elapsed.TotalSeconds, value.Work ?? default);
            _clock.Restart();
        }
    }
}
