using System.Diagnostics;
using System.Globalization;
using Trainers;
using Workbench;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Search.Running;
using Workbench.Stages;
using Workbench.Studies;

namespace Benchmarks.Sweeps;

/// <summary><c>sweep-overhead [--rounds N] [--out FILE]</c>: what the workbench spends beside its trials, and what a second job gains, at trials of about a second.</summary>
internal static class SweepOverhead
{
    private static string Yaml(int jobs) =>
        $$"""
        name: overhead
        task: next-item
        catalogue: all
        jobs: {{jobs}}
        threads: 1
        dataset: { synthetic: { users: 4000, items: 1500, ratings: 250000, conversations: 0 } }
        evaluation: { metrics: [ndcg], cutoffs: [10], depth: 20, bootstrap: 0 }
        trainers:
          - matrix-factorization: { dimension: 64, iterations: 12, regularization: { log: [0.0001, 0.1] }, unobserved_weight: { log: [0.01, 2] } }
        search: { trials: 24 }
        """;

    internal static void Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var arguments = new Arguments(args);
        int rounds = int.Parse(arguments["--rounds"] ?? "3", CultureInfo.InvariantCulture);
        _ = Measure(1);
        (Pass One, Pass Two)[] passes = [.. Enumerable.Range(0, rounds).Select(_ => (Measure(1), Measure(2)))];
        (Pass one, Pass two) = (MedianOf(passes.Select(pass => pass.One)), MedianOf(passes.Select(pass => pass.Two)));
        double gain = Median.Of(passes.Select(pass => pass.One.Wall / pass.Two.Wall));
        string text = string.Create(CultureInfo.InvariantCulture, $"""
            | jobs | trials | wall | of a trial | beside the trials | throughput |
            |---|---|---|---|---|---|
            | 1 | {one.Trials} | {one.Wall:0.00} s | {one.Work / one.Trials:0.00} s | {(one.Wall - one.Work) / one.Wall:0.00 %} | 1 |
            | 2 | {two.Trials} | {two.Wall:0.00} s | {two.Work / two.Trials:0.00} s | {(2 * two.Wall - two.Work) / (2 * two.Wall):0.00 %} | {gain:0.00} |

            """);
        Console.Write(text);
        if (arguments["--out"] is { } file)
            File.AppendAllText(file, text);
    }

    /// <param name="Trials">of the search</param>
    /// <param name="Wall">seconds from its first trial's begin to its last one's end</param>
    /// <param name="Work">seconds of the trials together</param>
    private sealed record Pass(int Trials, double Wall, double Work);

    private static Pass Measure(int jobs)
    {
        string folder = Directory.CreateTempSubdirectory("sweep-overhead-").FullName;
        try
        {
            Experiment experiment = ExperimentFile.Parse(Yaml(jobs), "overhead.yaml", folder, [], Catalogs.All).Require();
            var watch = new Watch();
            using Study study = Study.Open(folder, "overhead");
            Leaderboard leaderboard = Pipeline.Run(experiment, RunContext.Of(experiment, watch) with { Study = study }).Leaderboard;
            IReadOnlyList<SearchedTrial> trials = leaderboard.Searches[0].Trials;
            var pass = new Pass(trials.Count, watch.Seconds, trials.Sum(trial => trial.Seconds));
            Console.Error.WriteLine(FormattableString.Invariant($"{jobs} jobs: {pass.Wall:0.00} s, {pass.Work:0.00} s of trials"));
            return pass;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Pass MedianOf(IEnumerable<Pass> passes)
    {
        Pass[] order = [.. passes.OrderBy(pass => pass.Wall)];
        return order[order.Length / 2];
    }

    private sealed class Watch : IRunObserver
    {
        private long _begun;
        private long _ended;

        internal double Seconds => Stopwatch.GetElapsedTime(_begun, _ended).TotalSeconds;

        public void StageBegins(string what)
        {
            if (what.StartsWith("searching", StringComparison.Ordinal))
                _begun = Stopwatch.GetTimestamp();
        }

        public void SearchGoesOn(SearchWatch search) => _ended = Stopwatch.GetTimestamp();

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
