using BenchmarkDotNet.Attributes;
using Evaluation.Ranking;
using Trainers;
using Trainers.Sampling;
using Workbench.Reranking;

namespace Benchmarks;

/// <summary>What ranking one query costs at 24,000 items: the selection alone, and max pooling over 20 named items at d 64.</summary>
[InProcess]
[WarmupCount(1)]
[IterationCount(10)]
public class RankingBenchmarks
{
    private const int Items = 24_000, Dimension = 64;

    private readonly float[] _scores = new float[Items];
    private readonly float[] _drawn = Draw(Items);
    private readonly int[] _named = [.. Enumerable.Range(0, 20).Select(i => i * 997)];
    private readonly int[] _top = new int[10];
    private readonly float[] _topScores = new float[10];
    private readonly MaxPooling _pooling = new(new ItemEmbeddings(Items, Dimension, Draw(Items * Dimension)), new MaxPoolingOptions());

    [Benchmark]
    public int TopTen() => TopK.Select(_drawn, _named, [], _top, _topScores);

    [Benchmark]
    public bool MaxPoolingOfTwenty() => _pooling.TryScore(new Query([], _named, 0), _scores);

    private static float[] Draw(int count)
    {
        var random = new SplitMix64(1);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }
}
