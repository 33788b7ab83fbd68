using System.Diagnostics;
using Evaluation.Ranking;
using Trainers.Kernels;
using Trainers.Sampling;
using Workbench.Reranking;

namespace Benchmarks.HotLoops;

/// <summary>The ten best of all items for users with a vector, what they have seen left out; and max pooling over a language model's twenty items.</summary>
/// <remarks>Legend: I items, d dimension.</remarks>
internal sealed class RankingLoops(int threads)
{
    private const int Dimension = 64, Users = 8_000, Block = 32, Seen = 150;

    internal IEnumerable<HotLoop> All() => [TopTen(24_000), TopTen(84_000), MaxPool(24_000)];

    private HotLoop TopTen(int items) => new(
        "top 10", $"of {items:N0} items, d {Dimension}, {Seen} seen", "users", new UnitCost(2.0 * items * Dimension, 0, "2 I d"), () =>
        {
            var random = new SplitMix64(1);
            var panels = new ItemPanels(Draw(random, items * Dimension), items, Dimension);
            float[] users = Draw(random, Users * Dimension);
            int[][] seen = [.. Enumerable.Range(0, Users).Select(_ => Enumerable.Range(0, Seen).Select(_ => random.NextInt(items)).ToArray())];
            Rank();
            var clock = Stopwatch.StartNew();
            Rank();
            return new LoopTime(clock.Elapsed.TotalSeconds, Users);

            void Rank() => Parallel.For(0, Users / Block, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new Room(items), (block, _, room) =>
            {
                panels.Score(users.AsSpan(block * Block * Dimension, Block * Dimension), Block, room.Scores.Span);
                for (int i = 0; i < Block; i++)
                    TopK.Select(room.Scores.Row(i, items), seen[block * Block + i], [], room.Items, room.Best);
                return room;
            }, _ => { });
        });

    private static HotLoop MaxPool(int items) => new(
        "max-pool", $"20 of {items:N0} items, d {Dimension}, one thread", "queries", new UnitCost(2.0 * 20 * items * Dimension, 0, "40 I d"), () =>
        {
            var random = new SplitMix64(1);
            var pooling = new MaxPooling(new Trainers.ItemEmbeddings(items, Dimension, Draw(random, items * Dimension)), new MaxPoolingOptions());
            int[] named = [.. Enumerable.Range(0, 20).Select(i => i * 997)];
            var scores = new float[items];
            const int Queries = 50;
            pooling.TryScore(new Query([], named, 0), scores);
            var clock = Stopwatch.StartNew();
            for (int query = 0; query < Queries; query++)
                pooling.TryScore(new Query([], named, 0), scores);
            return new LoopTime(clock.Elapsed.TotalSeconds, Queries);
        });

    private static float[] Draw(SplitMix64 random, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)random.NextGaussian();
        return values;
    }

    private sealed class Room(int items)
    {
        public AlignedFloats Scores { get; } = new((long)Block * items);

        public int[] Items { get; } = new int[10];

        public float[] Best { get; } = new float[10];
    }
}
