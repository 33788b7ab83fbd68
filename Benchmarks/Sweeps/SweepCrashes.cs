using System.Globalization;
using System.Text;
using Trainers.Sampling;
using Workbench.Reports;
using Workbench.Studies;

namespace Benchmarks.Sweeps;

/// <summary><c>sweep-crashes [--kills N] [--processes N] [--out FILE]</c>: kills a sweep again and again, and compares what comes of it with a sweep that nobody disturbed.</summary>
/// <remarks>
/// A sweep of 60 short trials is started, killed (-9) at a random moment and started again, until it ends; then the next one begins, from nothing. With several
/// processes on one study a random one is killed and started again. Checked: each leaderboard is the undisturbed one's byte for byte, times apart; whatever a
/// killed process had told to be done is in the study; no trial is there twice, and none too many.
/// </remarks>
internal static class SweepCrashes
{
    private const string Yaml =
        """
        name: crashes
        task: next-item
        catalogue: all
        seeds: [1, 2]
        jobs: 2
        threads: 1
        dataset: { synthetic: { users: 500, items: 300, ratings: 15000, conversations: 0 } }
        evaluation: { metrics: [hit, ndcg], cutoffs: [1, 5, 10], depth: 20, bootstrap: 200 }
        baselines: [random, most-popular, item-knn, ease: { lambda: { log: [1, 5000] } }]
        trainers:
          - matrix-factorization: { search: auto, algorithm: ials, dimension: 16 }
          - item2vec: { dimension: 16, epochs: 9, window: { int: [1, 9] }, learning_rate: { log: [0.005, 0.2] } }
        search: { trials: 20, halving: { min_epochs: 3, factor: 3 } }
        reports: { formats: [json, csv] }
        """;

    internal static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var arguments = new Arguments(args);
        int kills = int.Parse(arguments["--kills"] ?? "100", CultureInfo.InvariantCulture);
        int processes = int.Parse(arguments["--processes"] ?? "1", CultureInfo.InvariantCulture);
        string root = Directory.CreateTempSubdirectory("sweep-crashes-").FullName;
        try
        {
            string result = Prove(root, kills, processes);
            Console.Write(result);
            if (arguments["--out"] is { } file)
                File.AppendAllText(file, result);
            return 0;
        }
        catch (InvalidOperationException failure)
        {
            Console.Error.WriteLine($"FAILED: {failure.Message}");
            return 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Prove(string root, int kills, int processes)
    {
        string experiment = Path.Combine(root, "crashes.yaml");
        File.WriteAllText(experiment, Yaml);
        (string reference, int trials, double seconds) = Undisturbed(root, experiment);
        Console.Error.WriteLine(FormattableString.Invariant($"undisturbed: {trials} trials in {seconds:0.0} s"));

        var random = new SplitMix64(7);
        (int killed, int studies, int most) = (0, 0, 0);
        while (killed < kills)
        {
            string folder = Path.Combine(root, FormattableString.Invariant($"{++studies}"));
            int here = Sweep(experiment, folder, reference, trials, kills - killed, processes, seconds, random);
            (killed, most) = (killed + here, Math.Max(most, here));
            Console.Error.WriteLine(FormattableString.Invariant($"study {studies}: killed {here} times, {killed} in all; the leaderboard is the undisturbed one"));
            Directory.Delete(folder, recursive: true);
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| {processes} | {trials} | {seconds:0.0} s | {killed} | {studies} | {most} | all equal | none | none |\n");
        return text.ToString();
    }

    private static (string Reference, int Trials, double Seconds) Undisturbed(string root, string experiment)
    {
        string folder = Path.Combine(root, "undisturbed");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var process = new SweepProcess(experiment, folder, Path.Combine(folder, "report"));
        Require(process.Wait() == 0, $"the undisturbed sweep failed: {process.Tail}");
        return (Leaderboard(process), Done(folder).Count, clock.Elapsed.TotalSeconds);
    }

    /// <returns>how often it was killed</returns>
    private static int Sweep(string experiment, string folder, string reference, int trials, int most, int processes, double seconds, SplitMix64 random)
    {
        int killed = 0;
        var told = new HashSet<string>();
        SweepProcess Start(int slot) => new(experiment, folder, Path.Combine(folder, FormattableString.Invariant($"report{slot}")));
        SweepProcess?[] running = [.. Enumerable.Range(0, processes).Select(Start)];
        while (running.Any(process => process is not null))
        {
            var pause = TimeSpan.FromSeconds((0.2 + (0.4 * seconds * random.NextDouble())) / processes);
            var clock = System.Diagnostics.Stopwatch.StartNew();
            while (clock.Elapsed < pause && !running.Any(process => process is { HasExited: true }))
                Thread.Sleep(1);
            for (int slot = 0; slot < processes; slot++)
            {
                if (running[slot] is not { HasExited: true } ended)
                    continue;
                Require(ended.Wait() == 0, $"a sweep that was started again failed: {ended.Tail}");
                Require(Leaderboard(ended) == reference, $"the leaderboard of {ended.Report} is not the undisturbed one");
                ended.Dispose();
                running[slot] = null;
            }

            int[] left = [.. Enumerable.Range(0, processes).Where(slot => running[slot] is not null)];
            if (left.Length == 0 || killed == most || clock.Elapsed < pause)
                continue;
            int victim = left[random.NextInt(left.Length)];
            running[victim]!.Kill();
            killed++;
            told.UnionWith(running[victim]!.Reported);
            running[victim]!.Dispose();
            int kept = Done(folder).Count(trial => trial.Kind == TrialRecord.Search);
            Require(told.Count <= kept, $"{told.Count} trials were told to be done, {kept} are kept");
            running[victim] = Start(victim);
        }

        IReadOnlyList<TrialRecord> done = Done(folder);
        Require(done.Count == trials && done.Select(trial => trial.Key).Distinct().Count() == trials, $"{done.Count} trials are kept, {trials} there should be");
        return killed;
    }

    private static string Leaderboard(SweepProcess process) => LeaderboardJson.WithoutTimes(File.ReadAllText(Path.Combine(process.Report, "leaderboard.json")));

    private static IReadOnlyList<TrialRecord> Done(string folder)
    {
        string path = Study.PathOf(folder, "crashes");
        if (!File.Exists(path))
            return [];
        using SqliteTrialStore store = SqliteTrialStore.Open(path);
        return store.Done();
    }

    private static void Require(bool isTrue, string failure)
    {
        if (!isTrue)
            throw new InvalidOperationException(failure);
    }
}
