namespace Evaluation;

/// <summary>Refuses lists that cannot be judged.</summary>
internal static class RankingsCheck
{
    /// <exception cref="EvaluationException">A list has a hole, an unknown item, a score that is not a number, or is out of order.</exception>
    public static void Run(Holdout holdout, Rankings rankings)
    {
        if (rankings.QueryCount != holdout.QueryCount || rankings.ItemCount != holdout.ItemCount)
        {
            throw new EvaluationException(
                $"rankings of {rankings.QueryCount} queries over {rankings.ItemCount} items cannot be judged on `{holdout.Name}`, which has {holdout.QueryCount} queries over {holdout.ItemCount} items");
        }

        for (int q = 0; q < rankings.QueryCount; q++)
        {
            ReadOnlySpan<int> items = rankings.ItemsOf(q);
            ReadOnlySpan<float> scores = rankings.ScoresOf(q);
            ReadOnlySpan<int> ties = rankings.TieRanksOf(q);
            int length = rankings.LengthOf(q);
            if (length < items.Length && items[length..].ContainsAnyExcept(Rankings.None))
                throw Refuse(holdout, q, $"has a hole at rank {length + 1}");
            for (int i = 0; i < length; i++)
            {
                if ((uint)items[i] >= (uint)rankings.ItemCount && items[i] != Rankings.NoItem)
                    throw Refuse(holdout, q, $"names the item {items[i]} at rank {i + 1}, but items are 0 to {rankings.ItemCount - 1}");
                if (float.IsNaN(scores[i]))
                    throw Refuse(holdout, q, $"has a score that is not a number (NaN) at rank {i + 1}");
                if (i > 0 && (scores[i] > scores[i - 1] || (scores[i] == scores[i - 1] && !ties.IsEmpty && ties[i] < ties[i - 1])))
                    throw Refuse(holdout, q, $"is out of order at rank {i + 1}: scores must descend");
            }
        }
    }

    private static EvaluationException Refuse(Holdout holdout, int query, string what) => new($"the list of query `{holdout.QueryIds[query]}` {what}");
}
