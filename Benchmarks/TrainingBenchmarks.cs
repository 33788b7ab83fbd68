using Baselines;
using BenchmarkDotNet.Attributes;
using Trainers;

namespace Benchmarks;

/// <summary>Fitting, one method per benchmark, at MovieLens-1M's size on two threads.</summary>
[InProcess]
[WarmupCount(1)]
[IterationCount(5)]
public class TrainingBenchmarks
{
    private static readonly TrainingRun Run = new(Threads: 2);

    [Params(64, 128)]
    public int Dimension { get; set; }

    /// <summary>4 iterations of exact iALS: divide by 4.</summary>
    [Benchmark]
    public object IalsFourIterations() =>
        new MatrixFactorization(new MatrixFactorizationOptions { Dimension = Dimension, Iterations = 4 }).Train(SyntheticMovieLens.Dataset.Ratings, Run);

    [Benchmark]
    public object PureSvd() => new PureSvd(new PureSvdOptions { Dimension = Dimension }).Fit(SyntheticMovieLens.Dataset.Ratings, Run);
}
