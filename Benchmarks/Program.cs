using System.Globalization;
using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Growth;
using Benchmarks.HotLoops;
using Benchmarks.Llm;
using Benchmarks.Loading;
using Benchmarks.Stores;
using Benchmarks.Sweeps;

if (args is ["hot-loops", ..])
    HotLoopReport.Run(args[1..]);
else if (args is ["growth", ..])
    GrowthReport.Run(args[1..]);
else if (args is ["size", ..])
{
    GrowthReport.Run(args[1..]);
    LoadingReport.Run(args[1..]);
}
else if (args is ["growth-data", var made, var rows, var items])
    GrowthReport.Make(made, int.Parse(rows, CultureInfo.InvariantCulture), int.Parse(items, CultureInfo.InvariantCulture));
else if (args is ["growth-stage", var stage, var folder])
    GrowthReport.RunStage(stage, folder);
else if (args is ["ials-blocks", var ratings, .. var dimensions])
    IalsBlocks.Run(ratings, dimensions);
else if (args is ["loading", ..])
    LoadingReport.Run(args[1..]);
else if (args is ["loading-data", var place, var ratingRows, var movies])
    new RatingsFile(place, int.Parse(ratingRows, CultureInfo.InvariantCulture), int.Parse(movies, CultureInfo.InvariantCulture), seed: 1).Write();
else if (args is ["loading-pass", ..])
    LoadingPass.Run(args[1..]);
else if (args is ["llm-server", var delay])
    await StandInServer.RunAsync(delay);
else if (args is ["llm-overhead", ..])
    await CallOverhead.RunAsync(args[1..]);
else if (args is ["sweep-crashes", ..])
    return SweepCrashes.Run(args[1..]);
else if (args is ["sweep-overhead", ..])
    SweepOverhead.Run(args[1..]);
else if (args is ["store-throughput", ..])
    StoreThroughput.Run(args[1..]);
else if (args is ["store-worker", ..])
    StoreWorker.Run(args[1..]);
else if (args is ["sampler-race", ..])
    SamplerRace.Run(args[1..]);
else
    BenchmarkSwitcher.FromAssembly(typeof(CallOverhead).Assembly).Run(args);
return 0;
