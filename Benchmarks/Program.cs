using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.HotLoops;

if (args is ["hot-loops", ..])
    HotLoopReport.Run(args[1..]);
else if (args is ["ials-blocks", var ratings, .. var dimensions])
    IalsBlocks.Run(ratings, dimensions);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
