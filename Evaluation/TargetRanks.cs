namespace Evaluation;

/// <summary>Where every target of a holdout stands in its query's list.</summary>
/// <remarks>Legend: T targets of the holdout, query by query (<see cref="Holdout.TargetOffsets"/>); K depth of the lists.</remarks>
public sealed class TargetRanks
{
    /// <summary>The rank of what is not in the list.</summary>
    public const int NotFound = int.MaxValue;

    private TargetRanks(int[] ranks, int[] last) => (Ranks, LastOfTie) = (ranks, last);

    /// <summary>T ranks, 1-based; <see cref="NotFound"/> if the target is not in the list.</summary>
    public int[] Ranks { get; }

    /// <summary>
    /// T ranks of the last item that ties with the target: its rank if ties go against the model.
    /// <see cref="NotFound"/> also where the end of the list cuts the tie, as the target may then not have made it.
    /// </summary>
    public int[] LastOfTie { get; }

    public static TargetRanks Find(Holdout holdout, Rankings rankings)
    {
        ArgumentNullException.ThrowIfNull(holdout);
        ArgumentNullException.ThrowIfNull(rankings);
        var ranks = new int[holdout.TargetCount];
        var last = new int[holdout.TargetCount];
        for (int q = 0; q < holdout.QueryCount; q++)
        {
            int at = holdout.TargetOffsets[q];
            ReadOnlySpan<int> list = rankings.ItemsOf(q);
            foreach (int target in holdout.Targets[q])
            {
                int place = list.IndexOf(target);
                (ranks[at], last[at]) = place < 0 ? (NotFound, NotFound) : (place + 1, EndOfTie(rankings, q, place));
                at++;
            }
        }

        return new TargetRanks(ranks, last);
    }

    private static int EndOfTie(Rankings rankings, int query, int place)
    {
        ReadOnlySpan<int> items = rankings.ItemsOf(query);
        ReadOnlySpan<float> scores = rankings.ScoresOf(query);
        ReadOnlySpan<int> ties = rankings.TieRanksOf(query);
        int end = place + 1;
        while (end < items.Length && items[end] != Rankings.None && scores[end] == scores[place] && (ties.IsEmpty || ties[end] == ties[place]))
            end++;
        return end < items.Length || rankings.IsComplete(query) || !rankings.CutsTie[query] ? end : NotFound;
    }
}
