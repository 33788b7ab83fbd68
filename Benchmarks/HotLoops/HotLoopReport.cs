using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Benchmarks.Kernels;
using Data;
using Data.Storage;
using Trainers;

namespace Benchmarks.HotLoops;

/// <summary><c>hot-loops [--data DIR] [--rounds N] [--threads N] [--only NAME] [--out FILE]</c>: every hot loop, or those of one name, beside the machine's peak, in markdown.</summary>
/// <remarks>Rounds go through all loops in turn, so that what else the machine does is spread over them; medians are told.</remarks>
internal static class HotLoopReport
{
    internal static void Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var arguments = new Arguments(args);
        int rounds = int.Parse(arguments["--rounds"] ?? "3", CultureInfo.InvariantCulture);
        int threads = int.Parse(arguments["--threads"] ?? $"{Environment.ProcessorCount}", CultureInfo.InvariantCulture);
        LinkedDataset dataset = arguments["--data"] is { } folder ? DatasetReader.Read(folder).Dataset : SyntheticMovieLens.Dataset;
        string report = Write(dataset, rounds, threads, arguments["--only"]);
        Console.Write(report);
        if (arguments["--out"] is { } file)
            File.WriteAllText(file, report);
    }

    private static string Write(LinkedDataset dataset, int rounds, int threads, string? only)
    {
        Interactions data = dataset.Ratings;
        HotLoop[] loops = [.. new TrainingLoops(data, threads).All().Concat(new RankingLoops(threads).All()).Where(loop => only is null || loop.Name == only)];
        var times = loops.ToDictionary(loop => loop, _ => new List<LoopTime>());
        var (flops, bytes) = (new List<double>(), new List<double>());
        for (int round = 0; round < rounds; round++)
        {
            flops.Add(MachinePeak.Flops(threads));
            bytes.Add(MachinePeak.ReadBytes(threads));
            foreach (HotLoop loop in loops)
            {
                times[loop].Add(loop.Run());
                Console.Error.WriteLine($"round {round + 1} of {rounds}: {loop.Name}, {loop.Settings}: {times[loop][^1].PerSecond:N0} {loop.Unit}/s");
            }
        }

        (double peak, double memory) = (Median.Of(flops), Median.Of(bytes));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Hot loops: {ThisMachine.Processor()}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{threads} threads, vectors of {MachinePeak.VectorBits} bits, {RuntimeInformation.FrameworkDescription}. ");
        text.Append(CultureInfo.InvariantCulture, $"Peak measured in the same run: {peak / 1e9:N0} GFLOP/s (fused multiply-adds of registers), {memory / 1e9:0.0} GB/s read from memory.\n");
        text.Append(CultureInfo.InvariantCulture, $"Data: {dataset.Name}, {data.Count:N0} interactions of {data.UserCount:N0} users with {data.ItemCount:N0} items. ");
        text.Append(CultureInfo.InvariantCulture, $"Rounds: {rounds}, medians; of a training the median epoch but the first.\n");
        text.Append("Work is what the method must do, by the formula, without padding or recomputation; rows at random places are in cache where the table is small, and may exceed the memory's rate. Above 100 % a method does less than the formula says: whole histories share their negatives, iALS above d 128 solves blocks.\n\n");
        text.Append("| loop | settings | one pass | rate | work per unit | reached | of the peak |\n|---|---|---|---|---|---|---|\n");
        foreach (HotLoop loop in loops)
        {
            LoopTime time = times[loop].OrderBy(one => one.PerSecond).ElementAt(rounds / 2);
            bool computes = loop.Cost.Flops > 0;
            double reached = time.PerSecond * (computes ? loop.Cost.Flops : loop.Cost.Bytes);
            string cost = computes ? $"{loop.Cost.Flops:N0} FLOP: {loop.Cost.Formula}" : $"{loop.Cost.Bytes:N0} bytes: {loop.Cost.Formula}";
            text.Append(CultureInfo.InvariantCulture, $"| {loop.Name} | {loop.Settings} | {time.Seconds:0.000} s | {Rate(time.PerSecond)} {loop.Unit}/s | {cost} | ");
            text.Append(CultureInfo.InvariantCulture, $"{reached / 1e9:N1} {(computes ? "GFLOP/s" : "GB/s")} | {reached / (computes ? peak : memory):P0} |\n");
        }

        return text.ToString();
    }

    private static string Rate(double perSecond) => perSecond >= 1e6 ? $"{perSecond / 1e6:0.00} M" : $"{perSecond:N0}";
}
