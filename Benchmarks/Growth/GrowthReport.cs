using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Data;
using Data.Storage;
using Data.Synthetic;

namespace Benchmarks.Growth;

/// <summary>
/// <c>growth [--rows 1000000,4000000] [--items I] [--rounds N] [--stages a,b] [--out FILE]</c>: what each stage costs, and how that grows with the ratings
/// at a fixed number of items. Each stage is a process of its own, so that its peak of memory is its own.
/// </summary>
internal static class GrowthReport
{
    // As in MovieLens-32M.
    private const int RatingsPerUser = 160;

    internal static void Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var arguments = new Arguments(args);
        int[] sizes = [.. (arguments["--rows"] ?? "1000000,4000000,16000000,32000000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        int items = int.Parse(arguments["--items"] ?? "24000", CultureInfo.InvariantCulture);
        int rounds = int.Parse(arguments["--rounds"] ?? "1", CultureInfo.InvariantCulture);
        string[] stages = arguments["--stages"]?.Split(',') ?? [.. GrowthStages.All.Keys];
        var measured = new Dictionary<(string Measure, int Rows), List<Measured>>();
        var names = new List<string>();
        foreach (int rows in sizes)
        {
            string folder = Directory.CreateTempSubdirectory("growth-").FullName;
            try
            {
                OwnProcess.Run("growth-data", folder, rows.ToString(CultureInfo.InvariantCulture), items.ToString(CultureInfo.InvariantCulture));
                for (int round = 0; round < rounds; round++)
                {
                    foreach (Measured one in stages.SelectMany(stage => OwnProcess.Run("growth-stage", stage, folder).Select(Measured.Parse)))
                    {
                        if (!names.Contains(one.Name))
                            names.Add(one.Name);
                        if (!measured.TryGetValue((one.Name, rows), out List<Measured>? all))
                            measured[(one.Name, rows)] = all = [];
                        all.Add(one);
                        Console.Error.WriteLine($"{rows:N0} ratings: {one.Line}");
                    }
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        string report = Table(sizes, items, rounds, names, measured);
        Console.Write(report);
        if (arguments["--out"] is { } file)
            File.WriteAllText(file, report);
    }

    /// <summary>One stage of one dataset: the process that <see cref="Run"/> starts.</summary>
    internal static void RunStage(string stage, string folder)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        foreach (Measured one in GrowthStages.All[stage](folder))
            Console.WriteLine((one with { PeakBytes = OwnProcess.Peak() }).Line);
    }

    /// <summary>Makes a dataset with its cache: another process that <see cref="Run"/> starts, so that nothing of it is left in memory beside the stages.</summary>
    internal static void Make(string folder, int rows, int items)
    {
        LinkedDataset dataset = SyntheticDataset.Generate(
            new SyntheticOptions { Users = rows / RatingsPerUser, Items = items, Ratings = rows, Conversations = 0, UnratedShare = 0, UnmentionedShare = 0 });
        DatasetWriter.Write(dataset, folder, new DatasetWriteOptions(Threads: Environment.ProcessorCount));
        DatasetReader.Read(folder, new DatasetReadOptions(Threads: Environment.ProcessorCount));

        // What was written goes to the disk before anything is measured.
        if (OperatingSystem.IsLinux())
        {
            using Process sync = Process.Start("sync");
            sync.WaitForExit();
        }
    }

    private static string Table(int[] sizes, int items, int rounds, List<string> names, Dictionary<(string Measure, int Rows), List<Measured>> measured)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Growth: {Environment.ProcessorCount} threads, {RuntimeInformation.FrameworkDescription}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Generated ratings of {items:N0} items, {RatingsPerUser} by a user; medians of {rounds}. Each cell: time, cost of a unit, and the peak of the stage's process in memory, of which the mapped file may be taken back at any time.\n\n");
        text.Append("| stage | unit |").AppendJoin("", sizes.Select(rows => $" {rows / 1e6:0.#} M |")).Append('\n');
        text.Append("|---|---|").AppendJoin("", sizes.Select(_ => "---|")).Append('\n');
        foreach (string name in names)
        {
            string unit = sizes.Select(rows => measured.GetValueOrDefault((name, rows))?[0].Unit).First(found => found is not null)!;
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {unit} |");
            foreach (int rows in sizes)
                text.Append(measured.TryGetValue((name, rows), out List<Measured>? all) ? Cell(all) : " |");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Cell(List<Measured> all)
    {
        Measured one = all.OrderBy(time => time.Seconds / time.Units).ElementAt(all.Count / 2);
        double nanoseconds = 1e9 * one.Seconds / one.Units;
        string cost = nanoseconds >= 1e6 ? $"{nanoseconds / 1e6:0.00} ms" : nanoseconds >= 1e3 ? $"{nanoseconds / 1e3:0.00} µs" : $"{nanoseconds:0.00} ns";
        return string.Create(CultureInfo.InvariantCulture, $" {one.Seconds:0.00} s, {cost}, {one.PeakBytes / 1e9:0.00} GB |");
    }
}
