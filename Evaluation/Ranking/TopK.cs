using System.Numerics;
using Evaluation.Ranking.Kernels;

namespace Evaluation.Ranking;

/// <summary>
/// The K best of all items, for full ranking: score descending, then tie rank ascending where there is one, then item row ascending.
/// </summary>
/// <remarks>
/// One pass over the scores against the worst of the K best so far, 32 at a time; those K are a heap with the worst at its root.
/// Only what is better than the worst is asked whether it is to be left out.
/// </remarks>
public static class TopK
{
    /// <summary>Writes the best items, best first; K is the length of <paramref name="items"/>.</summary>
    /// <param name="scores">I scores; infinities are allowed, NaN is not</param>
    /// <param name="excluded">item rows that must not be ranked, in any order, repetitions allowed</param>
    /// <param name="tieRanks">I ranks, lower first among equal scores; or none</param>
    /// <param name="items">K item rows; what is past the returned length is not written</param>
    /// <param name="topScores">K scores of those items</param>
    /// <returns>how many were written: K, or all that are not excluded</returns>
    /// <exception cref="EvaluationException">A score is NaN.</exception>
    public static int Select(ReadOnlySpan<float> scores, ReadOnlySpan<int> excluded, ReadOnlySpan<int> tieRanks, Span<int> items, Span<float> topScores)
    {
        if (tieRanks.Length != 0 && tieRanks.Length != scores.Length)
            throw new ArgumentException($"{tieRanks.Length} tie ranks are not those of {scores.Length} items.", nameof(tieRanks));
        if (topScores.Length < items.Length)
            throw new ArgumentException($"{topScores.Length} places for the scores of {items.Length} items are too few.", nameof(topScores));

        var left = new Exclusion(excluded, scores.Length);
        var best = new WorstAtRoot(scores, tieRanks, items);
        best.OfferAll(ref left);
        left.Dispose();
        best.Sort();
        for (int i = 0; i < best.Count; i++)
            topScores[i] = scores[items[i]];
        return best.Count;
    }

    private static EvaluationException NotANumber(int item) =>
        new($"the score of item row {item} is not a number (NaN): a model that gives such scores has diverged and cannot be ranked");

    private ref struct WorstAtRoot(ReadOnlySpan<float> scores, ReadOnlySpan<int> tieRanks, Span<int> heap)
    {
        private readonly ReadOnlySpan<float> _scores = scores;
        private readonly ReadOnlySpan<int> _tieRanks = tieRanks;
        private readonly Span<int> _heap = heap;

        public int Count { get; private set; }

        /// <summary>Offers every item, in ascending order.</summary>
        public void OfferAll(ref Exclusion excluded)
        {
            int item = 0;
            for (; item < _scores.Length && Count < _heap.Length; item++)
            {
                Require(item);
                if (!excluded.Contains(item))
                    Push(item);
            }

            if (_heap.Length == 0)
            {
                for (; item < _scores.Length; item++)
                    Require(item);
                return;
            }

            // Rows ascend, so that an equal score can enter by its tie rank only. What is not a number passes, and is refused.
            for (; item <= _scores.Length - Threshold.Block; item += Threshold.Block)
            {
                ReadOnlySpan<float> block = _scores.Slice(item, Threshold.Block);
                for (uint passing = Threshold.Passing(block, _scores[_heap[0]], !_tieRanks.IsEmpty); passing != 0; passing &= passing - 1)
                {
                    // The worst has risen if one of the block has entered.
                    int i = BitOperations.TrailingZeroCount(passing);
                    if (!(block[i] < _scores[_heap[0]]))
                        OfferOne(item + i, ref excluded);
                }
            }

            for (; item < _scores.Length; item++)
                OfferOne(item, ref excluded);
        }

        /// <summary>Best first.</summary>
        public readonly void Sort()
        {
            for (int last = Count - 1; last > 0; last--)
            {
                (_heap[0], _heap[last]) = (_heap[last], _heap[0]);
                SiftDown(last);
            }
        }

        private readonly void OfferOne(int item, ref Exclusion excluded)
        {
            Require(item);
            if (!ComesAfter(_heap[0], item) || excluded.Contains(item))
                return;
            _heap[0] = item;
            SiftDown(Count);
        }

        private readonly void Require(int item)
        {
            if (float.IsNaN(_scores[item]))
                throw NotANumber(item);
        }

        private void Push(int item)
        {
            int child = Count++;
            while (child > 0 && ComesAfter(item, _heap[(child - 1) / 2]))
            {
                _heap[child] = _heap[(child - 1) / 2];
                child = (child - 1) / 2;
            }

            _heap[child] = item;
        }

        private readonly void SiftDown(int count)
        {
            int item = _heap[0];
            int parent = 0;
            for (int child = 1; child < count; child = (2 * parent) + 1)
            {
                if (child + 1 < count && ComesAfter(_heap[child + 1], _heap[child]))
                    child++;
                if (!ComesAfter(_heap[child], item))
                    break;
                _heap[parent] = _heap[child];
                parent = child;
            }

            _heap[parent] = item;
        }

        private readonly bool ComesAfter(int a, int b)
        {
            float x = _scores[a];
            float y = _scores[b];
            if (x != y)
                return x < y;
            if (!_tieRanks.IsEmpty && _tieRanks[a] != _tieRanks[b])
                return _tieRanks[a] > _tieRanks[b];
            return a > b;
        }
    }
}
