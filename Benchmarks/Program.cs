using BenchmarkDotNet.Running;
using Benchmarks.HotLoops;

if (args is ["hot-loops", ..])
    return HotLoopReport.Run(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
