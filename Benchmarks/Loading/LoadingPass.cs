using System.Diagnostics;
using System.Globalization;
using Data.Importers;
using Data.Linking;
using Data.Storage;

namespace Benchmarks.Loading;

/// <summary>What a stage took.</summary>
/// <param name="Name">of the stage</param>
/// <param name="Wall">seconds</param>
/// <param name="Processor">seconds of all threads together</param>
internal readonly record struct LoadingStage(string Name, double Wall, double Processor);

/// <summary>
/// <c>loading-pass import FOLDER OUT THREADS [FIRST ...]</c> (after imports of other folders, that are not told), <c>loading-pass read FOLDER THREADS</c> (its first stage) and <c>loading-pass open OUT THREADS</c>: in a process of
/// its own, as the program does it;
/// prints a line for each stage and the process' peak memory.
/// </summary>
internal sealed class LoadingPass : IProgress<DatasetProgress>
{
    public const string Peak = "peak", Opening = "second opening", Reading = "reading", Sorting = "linking and sorting";

    private bool _quiet;
    private string? _stage;
    private long _wall;
    private TimeSpan _processor;

    public static void Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var pass = new LoadingPass();
        if (args is ["import", var folder, var output, var threads, .. var before])
        {
            foreach (string first in before)
                new LoadingPass { _quiet = true }.Import(first, output, int.Parse(threads, CultureInfo.InvariantCulture));
            pass.Import(folder, output, int.Parse(threads, CultureInfo.InvariantCulture));
        }
        else if (args is ["read", var source, var readers])
            pass.Read(source, int.Parse(readers, CultureInfo.InvariantCulture));
        else if (args is ["open", var dataset, var by])
            pass.Open(dataset, int.Parse(by, CultureInfo.InvariantCulture));
        Console.WriteLine($"{Peak}\t{OwnProcess.Peak()}\t0");
    }

    /// <returns>the stages, and the peak of memory in bytes</returns>
    public static (List<LoadingStage> Stages, long Peak) InProcess(params string[] args)
    {
        var stages = new List<LoadingStage>();
        long peak = 0;
        foreach (string line in OwnProcess.Run(["loading-pass", .. args]))
        {
            string[] fields = line.Split('\t');
            if (fields[0] == Peak)
                peak = long.Parse(fields[1], CultureInfo.InvariantCulture);
            else
                stages.Add(new LoadingStage(fields[0], double.Parse(fields[1], CultureInfo.InvariantCulture), double.Parse(fields[2], CultureInfo.InvariantCulture)));
        }

        return (stages, peak);
    }

    public void Report(DatasetProgress value)
    {
        if (value.Done == 0)
            Begin(value.Stage);
    }

    private void Import(string folder, string output, int threads)
    {
        LinkedSources linked = Link(folder, threads);
        DatasetWriter.Write(linked.Dataset, output, new DatasetWriteOptions(Threads: threads, Cache: true), this);
        Begin(null);
    }

    private LinkedSources Link(string folder, int threads)
    {
        RatingsSource source = Read(folder, threads);
        Begin(Sorting);
        return DatasetAssembly.Link([source], null, threads);
    }

    private RatingsSource Read(string folder, int threads)
    {
        Begin(Reading);
        RatingsSource source = RatingsImporter.Open(folder, new RatingsImportOptions { Threads = threads });
        Begin(null);
        return source;
    }

    private void Open(string dataset, int threads)
    {
        Begin(Opening);
        DatasetReading reading = DatasetReader.Read(dataset, new DatasetReadOptions(Threads: threads));
        Begin(null);
        if (reading.Cache != CacheUse.Read)
            throw new InvalidOperationException($"the cache was not read: {reading.Cache}");
    }

    private void Begin(string? stage)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        if (_stage is not null && !_quiet)
            Console.WriteLine(FormattableString.Invariant($"{_stage}\t{Stopwatch.GetElapsedTime(_wall).TotalSeconds:0.000}\t{(processor - _processor).TotalSeconds:0.000}"));
        (_stage, _wall, _processor) = (stage, Stopwatch.GetTimestamp(), processor);
    }
}
