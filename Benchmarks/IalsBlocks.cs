using System.Diagnostics;
using System.Globalization;
using Data;
using Data.Importers;
using Data.Splitting;
using Trainers;
using Trainers.Kernels;

namespace Benchmarks;

/// <summary>
/// Exact iALS against iALS++ blocks on MovieLens-1M, leave-last-out: time of an iteration (median), objective and quality after 16, as a markdown table.
/// <c>Benchmarks ials-blocks PATH/ml-1m [DIMENSION ...]</c>. An exact iteration at d = 1024 takes a minute of processor time: there it is measured once, without quality.
/// </summary>
internal static class IalsBlocks
{
    private const int Threads = 2, MostExact = 512;

    private static readonly int[] Blocks = [32, 64, 128];

    public static void Run(string ratings, string[] dimensions)
    {
        RatingsSource source = RatingsImporter.Open(ratings);
        RatingTable table = source.Ratings;
        Interactions all = InteractionsBuilder.Build(source.Users.Count, source.Items.Count, [.. table.Users], [.. table.Items], [.. table.Values], [.. table.Times], Threads);
        NextItemSplit split = LeaveLastOut.Split(CountFilter.Apply(all, 0, minItem: 5, minUser: 1, iterate: false).Interactions);
        Console.WriteLine($"{split.All.UserCount} users, {split.All.ItemCount} items, {split.Train.Count} positives; {Threads} threads, {InstructionSet.Name}\n");
        Console.WriteLine("| d | block | s per iteration | CPU s | objective | HR@10 | NDCG@10 |\n|---:|---|---:|---:|---:|---:|---:|");
        foreach (int dimension in dimensions.Length == 0 ? [64, 128, 256, 512, 1024] : dimensions.Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            foreach (int block in Blocks.Where(block => block < dimension).Append(dimension))
                Measure(split, dimension, block);
        }
    }

    private static void Measure(NextItemSplit split, int dimension, int block)
    {
        var watch = new IterationWatch();
        bool timeOnly = block == dimension && dimension > MostExact;
        var options = new MatrixFactorizationOptions { Dimension = dimension, BlockSize = block };
        var scorer = (IHistoryScorer)new MatrixFactorization(timeOnly ? options with { Iterations = 2 } : options)
            .Train(split.Train, new TrainingRun(Threads: Threads, Progress: watch));
        string row = string.Create(CultureInfo.InvariantCulture, $"| {dimension} | {(block == dimension ? "exact" : block)} | {watch.Median:0.000} | {watch.MedianProcessor:0.00} |");
        if (!timeOnly)
        {
            (double hit, double ndcg) = NextItemQuality.Of(scorer, split, Threads);
            row += string.Create(CultureInfo.InvariantCulture, $" {watch.Loss:0} | {hit:.0000} | {ndcg:.0000} |");
        }

        Console.WriteLine(timeOnly ? row + " | | |" : row);
    }

    private sealed class IterationWatch : IProgress<TrainingProgress>
    {
        private readonly List<(double Wall, double Processor)> _times = [];
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _processor = Process.GetCurrentProcess().TotalProcessorTime;

        public double Median => _times.Skip(1).Select(time => time.Wall).Order().ElementAt(_times.Count / 2 - 1);

        public double MedianProcessor => _times.Skip(1).Select(time => time.Processor).Order().ElementAt(_times.Count / 2 - 1);

        public double Loss { get; private set; }

        public void Report(TrainingProgress value)
        {
            TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
            _times.Add((_clock.Elapsed.TotalSeconds, (processor - _processor).TotalSeconds));
            (_processor, Loss) = (processor, value.Loss ?? 0);
            _clock.Restart();
        }
    }
}
