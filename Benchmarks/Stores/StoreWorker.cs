using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Workbench.Studies;
using Workbench.Studies.Postgres;

namespace Benchmarks.Stores;

/// <summary>What a worker measured.</summary>
/// <param name="Micros">of every operation, by name</param>
/// <param name="Wall">seconds of all</param>
/// <param name="Cpu">seconds of the worker's processor time</param>
internal sealed record StoreTimes(Dictionary<string, double[]> Micros, double Wall, double Cpu);

/// <summary><c>store-worker KIND FOLDER STUDY WAY INDEX COUNT</c>: one of several processes on a store, which says when it is ready, begins when it is told, and tells what it took.</summary>
internal static class StoreWorker
{
    /// <summary>Trials of its own: taken and finished.</summary>
    public const string Own = "own";

    /// <summary>The same trials as everybody: each is done by one and answered to the others, as in a search.</summary>
    public const string Same = "same";

    /// <summary>Trials of its own as the program does them: known in no other study, finished with an artifact of 8 kB.</summary>
    public const string Cycle = "cycle";

    public const string Beats = "beats";

    /// <summary>A look at a hundred trials that others are at.</summary>
    public const string Looks = "looks";

    private const int ArtifactBytes = 8000;

    internal static void Run(string[] args)
    {
        (string kind, string folder, string name, string way) = (args[0], args[1], args[2], args[3]);
        (int index, int count) = (int.Parse(args[4], CultureInfo.InvariantCulture), int.Parse(args[5], CultureInfo.InvariantCulture));
        using Study study = StudyRoot.Of(kind == "postgres" ? StoreKind.Postgres : StoreKind.Sqlite, folder).Open(name);
        var watch = new OperationTimes();
        Work(study, way, FormattableString.Invariant($"warm {index}"), 20, new OperationTimes());
        Console.WriteLine("ready");
        Console.ReadLine();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        Work(study, way, way == Same ? "trial" : FormattableString.Invariant($"trial {index}"), count, watch);
        double wall = clock.Elapsed.TotalSeconds;
        Console.WriteLine(JsonSerializer.Serialize(new StoreTimes(watch.Micros, wall, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds)));
        Console.ReadLine();
    }

    private static void Work(Study study, string way, string name, int count, OperationTimes watch)
    {
        ITrialStore store = study.Store;
        string[] looked = [.. Enumerable.Range(0, 100).Select(i => new TrialIdentity().With("looked at", FormattableString.Invariant($"{i}")).Key)];
        if (way == Looks)
        {
            foreach (string key in looked)
                store.Take(key, TrialRecord.Row, "looked at");
        }

        byte[] artifact = [.. Enumerable.Range(0, ArtifactBytes).Select(i => (byte)(i * 31 % 251))];
        for (int i = 0; i < count; i++)
        {
            TrialIdentity identity = new TrialIdentity().With(name, i.ToString(CultureInfo.InvariantCulture));
            var record = new TrialRecord(identity.Key, TrialRecord.Search, "item2vec (window=5, learning_rate=0.05)", null, 0.25, 1, null, "{}");
            switch (way)
            {
                case Beats when store is PostgresTrialStore postgres:
                    watch.Time("beat", postgres.Beat);
                    break;
                case Beats:
                    watch.Time("beat", ((SqliteTrialStore)store).Beat);
                    break;
                case Looks:
                    watch.Time("look at 100", () => store.AreHeld(looked));
                    break;
                case Cycle:
                    BitConverter.TryWriteBytes(artifact, i);
                    watch.Time("study: take", () => study.Take(identity, TrialRecord.Row, record.Label));
                    watch.Time("study: finish", () => study.Finish(record, stream => stream.Write(artifact)));
                    break;
                default:
                    long begun = Stopwatch.GetTimestamp();
                    TrialTaking taking = store.Take(identity.Key, TrialRecord.Search, record.Label);
                    watch.Add(taking.Mine ? "take" : "answer", begun);
                    if (taking.Mine)
                        watch.Time("finish", () => store.Finish(record));
                    break;
            }
        }
    }

    private sealed class OperationTimes
    {
        private readonly Dictionary<string, List<double>> _micros = [];

        public Dictionary<string, double[]> Micros => _micros.ToDictionary(one => one.Key, one => one.Value.ToArray());

        public void Time(string name, Action work)
        {
            long begun = Stopwatch.GetTimestamp();
            work();
            Add(name, begun);
        }

        public void Add(string name, long begun)
        {
            if (!_micros.TryGetValue(name, out List<double>? values))
                _micros[name] = values = [];
            values.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
        }
    }
}
