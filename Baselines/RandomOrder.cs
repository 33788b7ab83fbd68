using Trainers;
using Trainers.Sampling;

namespace Baselines;

/// <summary>Nothing to choose: it learns from nothing.</summary>
public sealed record RandomOrderOptions;

/// <summary>A uniformly random order of the items, another one for each query: what chance gives.</summary>
/// <remarks>
/// <para>
/// Source: Fisher-Yates in Durstenfeld's form, "inside out" (Knuth, The Art of Computer Programming 2, 3.4.2). The score of an item is its
/// place in the permutation: all scores differ, so no tie rule bends the order.
/// </para>
/// <para>The only scorer that looks at the query's number: the order is a function of (seed, query), the history has no part in it.</para>
/// </remarks>
/// <param name="options">none</param>
public sealed class RandomOrder(RandomOrderOptions options) : IBaseline
{
    public RandomOrderOptions Options { get; } = options;

    public IHistoryScorer Fit(Interactions interactions, TrainingRun run)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        return new Scorer(interactions.ItemCount, run.Seed);
    }

    // A float holds every place up to 2^24 exactly.
    private sealed class Scorer(int itemCount, ulong seed) : IHistoryScorer
    {
        public int ItemCount => itemCount;

        public void Score(ReadOnlySpan<int> history, int query, Span<float> scores)
        {
            var random = new SplitMix64(new SplitMix64(seed).NextUInt64() ^ new SplitMix64(~(ulong)query).NextUInt64());
            for (int i = 0; i < itemCount; i++)
            {
                int j = random.NextInt(i + 1);
                scores[i] = scores[j];
                scores[j] = i;
            }
        }
    }
}
