namespace Evaluation;

/// <summary>What rows are judged on: the queries and their targets. All rows of a leaderboard share one.</summary>
/// <remarks>Legend: Q queries, I items, T targets in all, those outside the catalogue apart.</remarks>
public sealed class Holdout
{
    /// <summary>Stands for a target outside the catalogue: it leaves the units and is counted.</summary>
    public const int Unreachable = -1;

    /// <param name="name">what this is, for reports</param>
    /// <param name="itemCount">I</param>
    /// <param name="queryIds">Q distinct ids</param>
    /// <param name="targets">
    /// Q lists of item rows; -1 for a target outside the catalogue. A list may be empty: that query is no unit, and is counted.
    /// A target may stand twice, as where a reply names it twice: per item that is two units (He et al. 2023 count so), per query one target.
    /// </param>
    /// <param name="conversations">Q ids of the conversations that the queries belong to, for clustered tests; or null</param>
    /// <exception cref="ArgumentException">Lengths do not fit each other, ids repeat, or a target is not an item row.</exception>
    public Holdout(string name, int itemCount, IReadOnlyList<string> queryIds, IReadOnlyList<int[]> targets, IReadOnlyList<string>? conversations = null)
    {
        ArgumentNullException.ThrowIfNull(queryIds);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count != queryIds.Count || (conversations is not null && conversations.Count != queryIds.Count))
            throw new ArgumentException($"{queryIds.Count} queries, {targets.Count} lists of targets and {conversations?.Count ?? queryIds.Count} conversations are not of one length.", nameof(targets));

        (Name, ItemCount, QueryIds) = (name, itemCount, queryIds);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (string id in queryIds)
        {
            if (!ids.Add(id))
                throw new ArgumentException($"The query `{id}` stands twice in `{name}`.", nameof(queryIds));
        }

        Targets = new int[targets.Count][];
        TargetOffsets = new int[targets.Count + 1];
        for (int q = 0; q < targets.Count; q++)
        {
            foreach (int target in targets[q])
            {
                if (target < Unreachable || target >= itemCount)
                    throw new ArgumentException($"The target {target} of query `{queryIds[q]}` is not one of {itemCount} items.", nameof(targets));
            }

            Targets[q] = Array.TrueForAll(targets[q], target => target >= 0) ? targets[q] : Array.FindAll(targets[q], target => target >= 0);
            TargetOffsets[q + 1] = TargetOffsets[q] + Targets[q].Length;
            UnreachableTargets += targets[q].Length - Targets[q].Length;
            if (targets[q].Length == 0)
                QueriesWithoutTarget++;
            else if (Targets[q].Length == 0)
                UnreachableQueries++;
        }

        Clusters = conversations is null ? null : Number(conversations);
    }

    public string Name { get; }

    /// <summary>I, the number of candidates.</summary>
    public int ItemCount { get; }

    public int QueryCount => QueryIds.Count;

    /// <summary>Q ids</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>Q lists of targets within the catalogue.</summary>
    public int[][] Targets { get; }

    /// <summary>Q + 1 positions of the queries' targets among all T.</summary>
    public int[] TargetOffsets { get; }

    /// <summary>T</summary>
    public int TargetCount => TargetOffsets[^1];

    /// <summary>Q numbers of conversations, 0-based in order of appearance; null if none were given.</summary>
    public int[]? Clusters { get; }

    /// <summary>Queries that name no target: no units.</summary>
    public int QueriesWithoutTarget { get; }

    /// <summary>Queries all of whose targets are outside the catalogue: no units.</summary>
    public int UnreachableQueries { get; }

    /// <summary>Targets outside the catalogue: no units.</summary>
    public int UnreachableTargets { get; }

    /// <summary>Targets that whoever made this took out because they had been mentioned before.</summary>
    public int RepeatedTargets { get; init; }

    /// <summary>Queries that whoever made this left out altogether, beside those counted above.</summary>
    public int QueriesLeftOut { get; init; }

    private static int[] Number(IReadOnlyList<string> names)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = new int[names.Count];
        for (int i = 0; i < result.Length; i++)
        {
            if (!numbers.TryGetValue(names[i], out result[i]))
                numbers.Add(names[i], result[i] = numbers.Count);
        }

        return result;
    }
}
