using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Trainers;
using Workbench;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Search.Running;
using Workbench.Stages;
using Workbench.Studies;

namespace Benchmarks.Sweeps;

/// <summary>
/// <c>sampler-race --data DIR [--seconds N] [--repetitions N] [--entry YAML] [--out FILE] [--chart FILE]</c>: the best validation objective over wall-clock time of
/// TPE with successive halving, of random trials and of a grid, on the same data, in the same space, each repeated with other seeds.
/// </summary>
internal static class SamplerRace
{
    private static readonly (string Name, string Search)[] Ways =
    [
        ("tpe + halving", "{ sampler: tpe, trials: 100000, halving: { min_epochs: 4, factor: 3 } }"),
        ("random", "{ sampler: random, trials: 100000 }"),
        ("grid", "{ sampler: grid, grid_points: 3 }"),
    ];

    internal static void Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var arguments = new Arguments(args);
        string data = arguments["--data"] ?? throw new ArgumentException("--data DIR");
        int seconds = int.Parse(arguments["--seconds"] ?? "90", CultureInfo.InvariantCulture), repetitions = int.Parse(arguments["--repetitions"] ?? "5", CultureInfo.InvariantCulture);
        string entry = arguments["--entry"]
            ?? "matrix-factorization: { algorithm: bpr, dimension: 64, learning_rate: { log: [0.01, 0.5] }, user_regularization: { log: [0.001, 0.1] }, positive_regularization: { log: [0.001, 0.1] }, negative_regularization: { log: [0.001, 0.1] } }";
        var curves = new Dictionary<string, List<List<(double At, double Best)>>>();
        for (int repetition = 1; repetition <= repetitions; repetition++)
        {
            foreach ((string name, string search) in Ways)
            {
                List<(double At, double Best)> curve = Race(data, entry, search, seconds, repetition);
                curves.TryAdd(name, []);
                curves[name].Add(curve);
                Console.Error.WriteLine(FormattableString.Invariant($"{name}, repetition {repetition}: {(curve.Count == 0 ? double.NaN : curve[^1].Best):0.0000}"));
            }
        }

        double[] moments = [.. Enumerable.Range(1, 6).Select(i => seconds * i / 6.0)];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Searched: `{entry}`. Median (least to greatest) of {repetitions} repetitions of the best validation NDCG@10 after so many seconds, two jobs of one thread.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| way |{string.Concat(moments.Select(at => FormattableString.Invariant($" {at:0} s |")))}\n|---|{string.Concat(moments.Select(_ => "---|"))}\n");
        foreach ((string name, List<List<(double, double)>> runs) in curves)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} |");
            foreach (double at in moments)
            {
                double[] values = [.. runs.Select(run => At(run, at)).Order()];
                text.Append(CultureInfo.InvariantCulture, $" {values[values.Length / 2]:0.0000} ({values[0]:0.0000} to {values[^1]:0.0000}) |");
            }

            text.Append('\n');
        }

        Console.Write(text);
        if (arguments["--out"] is { } file)
            File.AppendAllText(file, text.ToString());
        if (arguments["--chart"] is { } chart)
            File.WriteAllText(chart, RaceChart.Of(curves, seconds));
    }

    internal static double At(List<(double At, double Best)> curve, double seconds) => curve.Where(point => point.At <= seconds).Select(point => point.Best).DefaultIfEmpty(0).Last();

    /// <summary>By whole trainings alone the chosen one is judged; what was cut short counts with the value that it had.</summary>
    private static List<(double At, double Best)> Race(string data, string entry, string search, int seconds, int seed)
    {
        string folder = Directory.CreateTempSubdirectory("sampler-race-").FullName;
        try
        {
            string yaml = $$"""
                name: race
                task: next-item
                catalogue: all
                seeds: [{{seed}}]
                jobs: 2
                threads: 1
                dataset: { path: '{{data}}' }
                evaluation: { metrics: [ndcg], cutoffs: [10], depth: 20, bootstrap: 0 }
                trainers:
                  - {{entry}}
                search: {{search}}
                budget: { time: {{seconds}}s }
                """;
            Experiment experiment = ExperimentFile.Parse(yaml, "race.yaml", folder, [], Catalogs.All).Require();
            var watch = new Watch();
            using Study study = Study.Open(folder, "race");
            Pipeline.Run(experiment, RunContext.Of(experiment, watch) with { Study = study });
            return [.. watch.Points];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Watch : IRunObserver
    {
        private long _begun;

        internal ConcurrentQueue<(double At, double Best)> Points { get; } = new();

        public void StageBegins(string what)
        {
            if (what.StartsWith("searching", StringComparison.Ordinal))
                _begun = Stopwatch.GetTimestamp();
        }

        public void SearchGoesOn(SearchWatch search)
        {
            if (search.Best is { } best)
                Points.Enqueue((Stopwatch.GetElapsedTime(_begun).TotalSeconds, best));
        }

        public void RowBegins(string row, int number, int of)
        {
        }

        public void RowTrains(string row, TrainingProgress progress)
        {
        }

        public void RowEnds(LeaderboardRow row, int number, int of)
        {
        }
    }
}
