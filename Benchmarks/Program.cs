using BenchmarkDotNet.Running;
using Benchmarks;

if (args is ["ials-blocks", var ratings, .. var dimensions])
    IalsBlocks.Run(ratings, dimensions);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
