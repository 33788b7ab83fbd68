using System.Globalization;
using System.Text;

namespace Benchmarks.Loading;

/// <summary>
/// <c>loading [--rows N,N,...] [--movies N] [--compiled yes] [--rounds N] [--threads N] [--folder DIR] [--out FILE]</c>: importing generated <c>ratings.csv</c> of some
/// lengths, and opening the dataset again: time, processor time and memory by stage, in markdown.
/// </summary>
/// <remarks>Each pass is a process of its own; with <c>--compiled</c> it first imports the shortest file ten times, so that what the runtime compiles is left out. Rounds go through all lengths in turn, so that what else the machine does is spread over them; medians are told.</remarks>
internal static class LoadingReport
{
    /// <summary>Text for people, which the cache makes dispensable: told apart.</summary>
    private const string TextStage = "interactions.csv";

    internal static void Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var arguments = new Arguments(args);
        int[] lengths = [.. (arguments["--rows"] ?? "1000000,4000000,16000000,32000000").Split(',').Select(rows => int.Parse(rows, CultureInfo.InvariantCulture))];
        int rounds = int.Parse(arguments["--rounds"] ?? "3", CultureInfo.InvariantCulture);
        string threads = arguments["--threads"] ?? Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        string place = Directory.CreateDirectory(arguments["--folder"] ?? Directory.CreateTempSubdirectory("loading-").FullName).FullName;
        int movies = int.Parse(arguments["--movies"] ?? "84000", CultureInfo.InvariantCulture);
        string report = Measure(lengths, movies, arguments["--compiled"] is not null, rounds, threads, place);
        Console.Write(report);
        if (arguments["--out"] is { } file)
            File.AppendAllText(file, report);
    }

    private static string Measure(int[] lengths, int movies, bool compiled, int rounds, string threads, string place)
    {
        var all = lengths.ToDictionary(rows => rows, _ => new List<Load>());
        try
        {
            foreach (int rows in lengths)
                Console.Error.WriteLine(FormattableString.Invariant($"{rows:N0} rows of {new RatingsFile(Path.Combine(place, $"{rows}"), rows, movies, seed: 1).Write():N0} users made"));
            string[] first = compiled ? [.. Enumerable.Repeat(Path.Combine(place, $"{lengths.Min()}"), 10)] : [];
            for (int round = 1; round <= rounds; round++)
            {
                foreach (int rows in lengths)
                {
                    string dataset = Path.Combine(place, $"{rows}-linked");
                    (List<LoadingStage> stages, long peak) = LoadingPass.InProcess(["import", Path.Combine(place, $"{rows}"), dataset, threads, .. first]);
                    (List<LoadingStage> opening, long peakOpen) = LoadingPass.InProcess("open", dataset, threads);
                    all[rows].Add(new Load([.. stages, .. opening], peak, peakOpen));
                    Directory.Delete(dataset, recursive: true);
                    Console.Error.WriteLine(FormattableString.Invariant($"round {round} of {rounds}, {rows:N0} rows: {string.Join(", ", all[rows][^1].Stages.Select(stage => $"{stage.Name} {stage.Wall:0.00} s"))}"));
                }
            }

            return Table(all, lengths.ToDictionary(rows => rows, rows => new FileInfo(Path.Combine(place, $"{rows}", "ratings.csv")).Length), movies, compiled, threads);
        }
        finally
        {
            foreach (int rows in lengths)
            {
                foreach (string folder in new[] { Path.Combine(place, $"{rows}"), Path.Combine(place, $"{rows}-linked") }.Where(Directory.Exists))
                    Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string Table(Dictionary<int, List<Load>> all, Dictionary<int, long> bytes, int movies, bool compiled, string threads)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{threads} threads, {movies:N0} movies, {(compiled ? "after imports of the shortest file in the same process" : "a process of its own each")}, medians of {all.First().Value.Count}. Import: all but interactions.csv, which is for people.\n\n");
        text.Append("| rows | stage | time | processor time | rows/s | ns per row |\n|---:|---|---:|---:|---:|---:|\n");
        foreach ((int rows, List<Load> loads) in all)
        {
            foreach (string stage in loads[0].Stages.Select(stage => stage.Name))
                Append(text, rows, stage, loads, one => one.Name == stage);
            Append(text, rows, "**import**", loads, one => one.Name is not (TextStage or LoadingPass.Opening));
        }

        text.Append("\n| rows | ratings.csv | peak memory of the import | bytes per row | peak memory of the second opening |\n|---:|---:|---:|---:|---:|\n");
        foreach ((int rows, List<Load> loads) in all)
        {
            double peak = Median.Of(loads.Select(load => (double)load.Peak));
            text.Append(CultureInfo.InvariantCulture, $"| {rows:N0} | {bytes[rows] / 1e6:N0} MB | {peak / 1e6:N0} MB | {peak / rows:0.0} | {Median.Of(loads.Select(load => (double)load.PeakOpen)) / 1e6:N0} MB |\n");
        }

        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, int rows, string name, List<Load> loads, Func<LoadingStage, bool> counts)
    {
        double wall = Median.Of(loads.Select(load => load.Stages.Where(counts).Sum(stage => stage.Wall)));
        double processor = Median.Of(loads.Select(load => load.Stages.Where(counts).Sum(stage => stage.Processor)));
        text.Append(CultureInfo.InvariantCulture, $"| {rows:N0} | {name} | {wall:0.000} s | {processor:0.000} s | {rows / wall / 1e6:0.00} M | {wall / rows * 1e9:0.0} |\n");
    }

    private sealed record Load(List<LoadingStage> Stages, long Peak, long PeakOpen);
}
