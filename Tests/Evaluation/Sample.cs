using Evaluation;

namespace Tests.Evaluation;

/// <summary>A random task: scores with many ties, seen items, targets, some queries without any.</summary>
internal sealed class Sample
{
    public Sample(int seed, int queries, int items, int depth, int levels, int mostTargets)
    {
        var random = new Random(seed);
        Scores = [.. Enumerable.Range(0, queries).Select(_ => Enumerable.Range(0, items).Select(_ => (float)random.Next(levels)).ToArray())];
        Seen = [.. Enumerable.Range(0, queries).Select(_ => Draw(random, items, random.Next(items / 3)))];
        Targets = [.. Enumerable.Range(0, queries).Select(_ => Draw(random, items, random.Next(mostTargets + 1)))];
        Popularity = [.. Enumerable.Range(0, items).Select(_ => (int)Math.Pow(10, 3 * random.NextDouble()))];
        Holdout = new Holdout("sample", items, [.. Enumerable.Range(0, queries).Select(q => $"q{q}")], Targets, [.. Enumerable.Range(0, queries).Select(q => $"c{q / 3}")]);
        Rankings = new Rankings(queries, depth, items);
        for (int q = 0; q < queries; q++)
            Rankings.Fill(q, Scores[q], Seen[q]);
    }

    public float[][] Scores { get; }

    public int[][] Seen { get; }

    public int[][] Targets { get; }

    public int[] Popularity { get; }

    public Holdout Holdout { get; }

    public Rankings Rankings { get; }

    private static int[] Draw(Random random, int items, int count) => [.. Enumerable.Range(0, items).OrderBy(_ => random.Next()).Take(count)];
}
