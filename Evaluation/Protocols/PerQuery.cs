namespace Evaluation.Protocols;

/// <summary>One unit per query that has a target; a target that stands twice is one.</summary>
public sealed class PerQuery(string name, string doc) : IProtocol
{
    public string Name { get; } = name;

    public string Doc { get; } = doc;

    public Units UnitsOf(Holdout holdout, TargetRanks ranks)
    {
        var queries = new List<int>(holdout.QueryCount);
        var offsets = new List<int>(holdout.QueryCount + 1) { 0 };
        var found = new int[holdout.TargetCount];
        var pessimistic = new int[holdout.TargetCount];
        var seen = new HashSet<int>();
        int end = 0;
        for (int q = 0; q < holdout.QueryCount; q++)
        {
            int[] targets = holdout.Targets[q];
            if (targets.Length == 0)
                continue;
            int start = end;
            seen.Clear();
            for (int i = 0; i < targets.Length; i++)
            {
                if (targets.Length > 1 && !seen.Add(targets[i]))
                    continue;
                found[end] = ranks.Ranks[holdout.TargetOffsets[q] + i];
                pessimistic[end] = ranks.LastOfTie[holdout.TargetOffsets[q] + i];
                end++;
            }

            found.AsSpan(start, end - start).Sort();
            PlaceLast(pessimistic.AsSpan(start, end - start));
            queries.Add(q);
            offsets.Add(end);
        }

        return new Units([.. queries], null, [.. offsets], found[..end], pessimistic[..end]);
    }

    /// <summary>Targets that share a tie take its last places: of two that end at rank 9, one has 8.</summary>
    private static void PlaceLast(Span<int> ends)
    {
        ends.Sort();
        for (int i = ends.Length - 2; i >= 0; i--)
        {
            if (ends[i] != TargetRanks.NotFound)
                ends[i] = Math.Min(ends[i], ends[i + 1] - 1);
        }
    }
}
