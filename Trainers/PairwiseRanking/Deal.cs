using Trainers.Sampling;

namespace Trainers.PairwiseRanking;

/// <summary>Users and items dealt into B blocks each, anew every epoch, so that blocks hold about equally many positives.</summary>
/// <remarks>
/// Legend: U users, I items, B blocks. Items are taken B at a time in order of popularity and each such hand is dealt to the blocks at random;
/// users are shuffled and cut where each B-th part of the positives is reached.
/// </remarks>
internal sealed class Deal
{
    private readonly int[] _ranked;
    private readonly int[] _weights;
    private readonly int[] _users;

    /// <param name="itemCounts">I: positives of each; items without one are in no block</param>
    /// <param name="userCounts">U: positives of each</param>
    /// <param name="blocks">B</param>
    public Deal(int[] itemCounts, int[] userCounts, int blocks)
    {
        Blocks = blocks;
        _weights = userCounts;
        _ranked = [.. Enumerable.Range(0, itemCounts.Length).Where(item => itemCounts[item] > 0).OrderByDescending(item => itemCounts[item]).ThenBy(item => item)];
        _users = [.. Enumerable.Range(0, userCounts.Length).Where(user => userCounts[user] > 0)];
        BlockOf = new int[itemCounts.Length];
        LocalOf = new int[itemCounts.Length];
        Items = new int[blocks][];
        UserStarts = new int[blocks + 1];
    }

    /// <summary>B</summary>
    public int Blocks { get; }

    /// <summary>I: which block an item is in.</summary>
    public int[] BlockOf { get; }

    /// <summary>I: which of its block's items it is.</summary>
    public int[] LocalOf { get; }

    /// <summary>B lists of items.</summary>
    public int[][] Items { get; }

    /// <summary>Users in this epoch's order; block b owns <see cref="UserStarts"/>[b] .. [b + 1].</summary>
    public int[] Users => _users;

    public int[] UserStarts { get; }

    public void Next(SplitMix64 random)
    {
        int most = (_ranked.Length + Blocks - 1) / Blocks;
        int[] order = [.. Enumerable.Range(0, Blocks)];
        var lists = new List<int>[Blocks];
        for (int block = 0; block < Blocks; block++)
            lists[block] = new List<int>(most);
        for (int first = 0; first < _ranked.Length; first += Blocks)
        {
            random.Shuffle(order.AsSpan());
            for (int i = first; i < Math.Min(first + Blocks, _ranked.Length); i++)
            {
                (int item, int block) = (_ranked[i], order[i - first]);
                (BlockOf[item], LocalOf[item]) = (block, lists[block].Count);
                lists[block].Add(item);
            }
        }

        for (int block = 0; block < Blocks; block++)
            Items[block] = [.. lists[block]];

        random.Shuffle(_users.AsSpan());
        long total = 0, sum = 0;
        foreach (int user in _users)
            total += _weights[user];
        int next = 1;
        for (int i = 0; i < _users.Length; i++)
        {
            sum += _weights[_users[i]];
            while (next < Blocks && sum * Blocks >= total * next)
                UserStarts[next++] = i + 1;
        }

        while (next <= Blocks)
            UserStarts[next++] = _users.Length;
    }
}
