using System.Diagnostics;
using Trainers;

namespace Benchmarks.HotLoops;

/// <summary>Epochs of every trainer.</summary>
/// <remarks>Legend: d dimension, n interactions, U users, I items, k negatives, L a sequence's length, B blocks.</remarks>
internal sealed class TrainingLoops(Interactions data, int threads)
{
    private const int Epochs = 4;

    private const int Row = 64 * sizeof(float);

    internal IEnumerable<HotLoop> All()
    {
        yield return Sasrec(new SasrecOptions { Loss = SasrecLoss.Bce, Dimension = 50, Dropout = 0.2 }, "bce, d 50, length 200", targets: 2);
        yield return Sasrec(new SasrecOptions { Loss = SasrecLoss.SampledSoftmax, Negatives = 1000 }, "softmax over 1,000, d 64, length 200", targets: 1001);
        yield return Sasrec(new SasrecOptions { Loss = SasrecLoss.CrossEntropy }, "cross-entropy, d 64, length 200", targets: data.CountItems().Count(count => count > 0));
        yield return Training("item2vec", "window 5, 5 negatives, d 64", "pairs", new UnitCost((1 + 5) * 64 * 6, 0, "6 d (1 + k)"),
            new Item2Vec(new Item2VecOptions { Window = 5, Epochs = Epochs }));
        yield return Training("item2vec", "whole histories, 5 negatives, d 64", "pairs", new UnitCost((1 + 5) * 64 * 6, 0, "6 d (1 + k)"),
            new Item2Vec(new Item2VecOptions { Epochs = Epochs }));
        yield return Ials(64);
        yield return Ials(128);
        yield return Ials(256);
        yield return Training("bpr", "d 64", "samples", new UnitCost(0, 6 * Row, "three rows read and written"),
            new MatrixFactorization(new MatrixFactorizationOptions { Algorithm = FactorizationAlgorithm.Bpr, Epochs = Epochs }));
        yield return Training("fism", "auc, 4 negatives, d 64", "positives", new UnitCost(0, 14 * Row, "seven rows read and written"),
            new Fism(new FismOptions { Variant = FismVariant.Auc, Negatives = 4, Epochs = Epochs }));
    }

    private HotLoop Sasrec(SasrecOptions options, string settings, int targets)
    {
        options = options with { Epochs = Epochs, ValidationUsers = 0 };
        double tokens = 0, squares = 0;
        for (int user = 0; user < data.UserCount; user++)
        {
            double length = Math.Min(data.CountOf(user) - 1, options.MaxLength);
            (tokens, squares) = length < 1 ? (tokens, squares) : (tokens + length, squares + length * length);
        }

        double d = options.Dimension, blocks = options.Blocks * (5 * 2 * d * d + 2 * d * squares / tokens), loss = 2 * targets * d;
        return Training("sasrec", settings, "tokens", new UnitCost(3 * (blocks + loss), 0, "3 (B (10 d^2 + 2 d L) + 2 targets d)"), new Sasrec(options));
    }

    private HotLoop Ials(int dimension)
    {
        double d = dimension, rows = data.UserCount + data.ItemCount;
        double flops = 2 * data.Count * d * d + rows * (d * d * d / 3 + 3 * d * d);
        return Training("ials", $"an iteration, d {dimension}", "interactions", new UnitCost(flops / data.Count, 0, "2 d^2 + (U + I) (d^3 / 3 + 3 d^2) / n"),
            new MatrixFactorization(new MatrixFactorizationOptions { Dimension = dimension, Iterations = Epochs }));
    }

    private HotLoop Training(string name, string settings, string unit, UnitCost cost, IItemEmbeddingTrainer trainer) =>
        new(name, settings, unit, cost, () =>
        {
            var epochs = new EpochTimes();
            trainer.Train(data, new TrainingRun(Threads: threads, Progress: epochs));
            return epochs.Median();
        });

    /// <summary>The first epoch, which may be slower while code is compiled, does not count.</summary>
    private sealed class EpochTimes : IProgress<TrainingProgress>
    {
        private readonly List<LoopTime> _times = [];
        private readonly Stopwatch _clock = new();

        public void Report(TrainingProgress value)
        {
            if (value.Epoch > 1 && value.Work is { } work)
                _times.Add(new LoopTime(_clock.Elapsed.TotalSeconds, work.Count));
            _clock.Restart();
        }

        internal LoopTime Median() => _times.OrderBy(time => time.PerSecond).ElementAt(_times.Count / 2);
    }
}
