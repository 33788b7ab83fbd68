using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Benchmarks.Stores;

/// <summary>
/// <c>store-throughput [--workers N] [--trials N] [--rounds N] [--beside TEXT] [--out FILE]</c>: what a store of trials hands out to several processes, and what a thousand workers would ask of
/// it. The server is that of WORKBENCH_POSTGRES, on this machine.
/// </summary>
internal static class StoreThroughput
{
    private static readonly string[] Kinds = ["sqlite", "postgres"];

    private static readonly string[] Ways = [StoreWorker.Own, StoreWorker.Same, StoreWorker.Cycle, StoreWorker.Beats, StoreWorker.Looks];

    /// <param name="Times">of its workers together</param>
    /// <param name="Wall">seconds from the first one's begin to the last one's end</param>
    /// <param name="ServerCpu">seconds of the server's processor time</param>
    private sealed record Pass(StoreTimes Times, double Wall, double ServerCpu)
    {
        public int Operations => Times.Micros.Values.Sum(values => values.Length);
    }

    internal static void Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var arguments = new Arguments(args);
        int workers = int.Parse(arguments["--workers"] ?? "8", CultureInfo.InvariantCulture);
        int trials = int.Parse(arguments["--trials"] ?? "500", CultureInfo.InvariantCulture);
        int rounds = int.Parse(arguments["--rounds"] ?? "5", CultureInfo.InvariantCulture);
        var server = new ServerProcesses();
        string root = Directory.CreateTempSubdirectory("store-throughput-").FullName;
        try
        {
            var passes = new Dictionary<(string Kind, string Way), List<Pass>>();
            long memory = 0;
            for (int round = 0; round < rounds; round++)
            {
                foreach (string way in Ways)
                {
                    foreach (string kind in Kinds)
                    {
                        string study = FormattableString.Invariant($"throughput-{Environment.ProcessId}-{round}-{way}");
                        (Pass pass, long used) = Measure(server, kind, Path.Combine(root, way + round), study, way, workers, trials);
                        memory = Math.Max(memory, used);
                        if (!passes.TryGetValue((kind, way), out List<Pass>? list))
                            passes[(kind, way)] = list = [];
                        list.Add(pass);
                        Console.Error.WriteLine(FormattableString.Invariant($"round {round + 1} of {rounds}, {kind}, {way}: {pass.Operations / pass.Wall:N0} operations/s"));
                    }
                }
            }

            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"# Stores of trials: {ThisMachine.Processor()}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, PostgreSQL {server.Version} on the same machine (fsync/synchronous_commit {server.Durable}, ");
            text.Append(CultureInfo.InvariantCulture, $"max_connections {server.Connections}). Made by `store-throughput --workers {workers} --trials {trials} --rounds {rounds}` of `Benchmarks`; medians of the rounds{(arguments["--beside"] is { } beside ? $". {beside}" : "")}.\n\n");
            Tell(text, passes, workers);
            ThousandWorkers.Tell(text, Costs(passes), memory, server.Connections, Median.Of(passes[("postgres", StoreWorker.Own)].Select(Handed)));
            Console.Write(text);
            if (arguments["--out"] is { } file)
                File.WriteAllText(file, text.ToString());
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static (Pass Pass, long Memory) Measure(ServerProcesses server, string kind, string folder, string study, string way, int workers, int trials)
    {
        Process[] processes = [.. Enumerable.Range(0, workers).Select(index => Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll"), "store-worker", kind, folder, study, way, index.ToString(CultureInfo.InvariantCulture), trials.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!)];
        foreach (Process process in processes)
        {
            if (process.StandardOutput.ReadLine() != "ready")
                throw new InvalidOperationException("a worker did not come to its begin");
        }

        double before = server.Cpu();
        var clock = Stopwatch.StartNew();
        foreach (Process process in processes)
            process.StandardInput.WriteLine("go");
        StoreTimes[] times = [.. processes.Select(process => JsonSerializer.Deserialize<StoreTimes>(process.StandardOutput.ReadLine()!)!)];
        double wall = clock.Elapsed.TotalSeconds, cpu = server.Cpu() - before;
        long memory = kind == "postgres" ? server.PrivateBytes() : 0;
        foreach (Process process in processes)
        {
            process.StandardInput.WriteLine("end");
            process.WaitForExit();
            process.Dispose();
        }

        var all = times.SelectMany(one => one.Micros).GroupBy(one => one.Key).ToDictionary(group => group.Key, group => group.SelectMany(one => one.Value).ToArray());
        return (new Pass(new StoreTimes(all, times.Max(one => one.Wall), times.Sum(one => one.Cpu)), wall, cpu), memory);
    }

    /// <summary>Trials that were done, per second.</summary>
    private static double Handed(Pass pass) => pass.Times.Micros.Where(one => one.Key is "take" or "study: take").Sum(one => one.Value.Length) / pass.Wall;

    private static void Tell(StringBuilder text, Dictionary<(string Kind, string Way), List<Pass>> passes, int workers)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {workers} processes on one store\n\nTrials of no length, one after the other in each process, so the store is all there is to wait for. Own: each process takes and finishes ");
        text.Append("its own trials. Same: all go through the same list, as in a search; each trial is done by one and answered to the others. Whole: as the program does it, with a look whether another study ");
        text.Append("knows the trial, and an artifact of 8 kB kept. Operations are takings, answers and finishings, so two of a trial that is not answered, or beats, or looks at 100 trials at once. ");
        text.Append("The server waits for the disk at each commit; SQLite's log is written through at its checkpoints alone (`synchronous = NORMAL`): a loss of power can take the last trials from it, the end of a program none.\n\n");
        text.Append("| way | store | trials/s | operations/s | one process: us per operation | its own processor, us | the server's processor, us |\n|---|---|---|---|---|---|---|\n");
        foreach (string way in Ways)
        {
            foreach (string kind in Kinds)
            {
                List<Pass> list = passes[(kind, way)];
                double handed = Median.Of(list.Select(Handed));
                text.Append(CultureInfo.InvariantCulture, $"| {(way == StoreWorker.Cycle ? "whole" : way)} | {kind} | {(handed > 0 ? handed.ToString("N0", CultureInfo.InvariantCulture) : "")} | ");
                text.Append(CultureInfo.InvariantCulture, $"{Median.Of(list.Select(pass => pass.Operations / pass.Wall)):N0} | {Median.Of(list.Select(pass => pass.Wall * workers / pass.Operations)) * 1e6:N0} | ");
                text.Append(CultureInfo.InvariantCulture, $"{Median.Of(list.Select(pass => pass.Times.Cpu / pass.Operations)) * 1e6:N0} | {(kind == "postgres" ? (Median.Of(list.Select(pass => pass.ServerCpu / pass.Operations)) * 1e6).ToString("N0", CultureInfo.InvariantCulture) : "")} |\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## How long one waits, of {workers}\n\nMicroseconds, of all rounds together.\n\n| operation | store | median | 95 % | 99 % | longest |\n|---|---|---|---|---|---|\n");
        foreach (string way in Ways)
        {
            foreach (string operation in passes[("postgres", way)][0].Times.Micros.Keys)
            {
                foreach (string kind in Kinds)
                {
                    double[] values = [.. passes[(kind, way)].SelectMany(pass => pass.Times.Micros.GetValueOrDefault(operation) ?? []).Order()];
                    if (values.Length > 0)
                        text.Append(CultureInfo.InvariantCulture, $"| {operation} ({(way == StoreWorker.Cycle ? "whole" : way)}) | {kind} | {values[values.Length / 2]:N0} | {values[(int)(values.Length * 0.95)]:N0} | {values[(int)(values.Length * 0.99)]:N0} | {values[^1]:N0} |\n");
                }
            }
        }
    }

    /// <summary>Seconds of the server's processor for each thing that a worker asks of it.</summary>
    private static ServerCosts Costs(Dictionary<(string Kind, string Way), List<Pass>> passes)
    {
        double Of(string way, Func<Pass, double> per) => Median.Of(passes[("postgres", way)].Select(pass => pass.ServerCpu / per(pass)));
        double trial = Of(StoreWorker.Own, pass => pass.Times.Micros["take"].Length);
        double answer = Median.Of(passes[("postgres", StoreWorker.Same)].Select(pass =>
            Math.Max(0, pass.ServerCpu - (trial * pass.Times.Micros["take"].Length)) / pass.Times.Micros["answer"].Length));
        return new ServerCosts(trial, Of(StoreWorker.Cycle, pass => pass.Times.Micros["study: take"].Length), answer, Of(StoreWorker.Beats, pass => pass.Operations), Of(StoreWorker.Looks, pass => pass.Operations));
    }
}
