using Trainers.Sampling;

namespace Trainers.SelfAttention;

/// <summary>The users' items in order of time, numbered without those that nobody has, and the items that are held out to decide when to stop.</summary>
/// <remarks>
/// Held out are the validation items of the run, where it has them, else the last items of some users, which are then not learned from.
/// Legend: I items that somebody has, U users, L the longest history that a model looks at.
/// </remarks>
internal sealed class TrainingSequences
{
    private const ulong HeldOutStream = 1UL << 41;

    private readonly Interactions _interactions;
    private readonly int[] _items;
    private readonly int[] _heldOut;
    private readonly bool _learnsAll;

    /// <param name="interactions">all that the trainer was given</param>
    /// <param name="maxLength">L</param>
    /// <param name="validationUsers">look at the validation items of at most so many users, or hold out the last of as many, but at most of half of those who have three</param>
    /// <param name="seed">chooses them</param>
    /// <param name="validation">by user the next item, -1 for none; empty to hold out last ones</param>
    public TrainingSequences(Interactions interactions, int maxLength, int validationUsers, ulong seed, ReadOnlySpan<int> validation = default)
    {
        (_interactions, MaxLength) = (interactions, maxLength);
        int[] counts = interactions.CountItems();
        Rows = new int[interactions.ItemCount];
        Array.Fill(Rows, -1);
        Names = [.. Enumerable.Range(0, interactions.ItemCount).Where(item => counts[item] > 0)];
        for (int row = 0; row < Names.Length; row++)
            Rows[Names[row]] = row;
        ReadOnlySpan<int> items = interactions.Items;
        _items = new int[items.Length];
        for (int k = 0; k < items.Length; k++)
            _items[k] = Rows[items[k]];

        _learnsAll = !validation.IsEmpty;
        _heldOut = new int[interactions.UserCount];
        Array.Fill(_heldOut, -1);
        var candidates = new List<int>();
        for (int user = 0; user < interactions.UserCount; user++)
        {
            int next = !_learnsAll && interactions.CountOf(user) >= 3 ? interactions.ItemsOf(user)[^1] : user < validation.Length ? validation[user] : -1;
            if (next < 0 || Rows[next] < 0 || interactions.CountOf(user) == 0)
                continue;
            candidates.Add(user);
            _heldOut[user] = Rows[next];
        }

        HeldOutUsers = [.. candidates];
        SplitMix64.ForStream(seed, HeldOutStream).Shuffle<int>(HeldOutUsers);
        int count = Math.Min(validationUsers, _learnsAll ? HeldOutUsers.Length : (HeldOutUsers.Length + 1) / 2);
        foreach (int user in HeldOutUsers.AsSpan(count))
            _heldOut[user] = -1;
        HeldOutUsers = HeldOutUsers[..count];
        Array.Sort(HeldOutUsers);
        Users = [.. Enumerable.Range(0, interactions.UserCount).Where(user => HistoryOf(user).Length >= 2)];
        Targets = Users.Sum(user => (long)Math.Min(HistoryOf(user).Length - 1, maxLength));
        Longest = Users.Concat(HeldOutUsers).Select(user => Math.Min(HistoryOf(user).Length, maxLength)).DefaultIfEmpty(1).Max();
    }

    public int MaxLength { get; }

    /// <summary>I item numbers of the interactions, by row.</summary>
    public int[] Names { get; }

    /// <summary>A row by item number; -1 for an item that nobody has.</summary>
    public int[] Rows { get; }

    /// <summary>Those with at least two items to learn from.</summary>
    public int[] Users { get; }

    public int[] HeldOutUsers { get; }

    /// <summary>Positions with something to predict, in an epoch.</summary>
    public long Targets { get; }

    /// <summary>Rows of the longest sequence that a model will see in training.</summary>
    public int Longest { get; }

    /// <summary>What a user has in training: without the last item, if that is held out.</summary>
    public ReadOnlyMemory<int> HistoryOf(int user) =>
        _items.AsMemory((int)_interactions.Offsets[user], _interactions.CountOf(user) - (_learnsAll || _heldOut[user] < 0 ? 0 : 1));

    /// <summary>The item that is held out of a user of <see cref="HeldOutUsers"/>.</summary>
    public int HeldOutItemOf(int user) => _heldOut[user];

    /// <summary>What goes in and what comes next: all positions of the last L + 1 items.</summary>
    public (ReadOnlyMemory<int> Inputs, ReadOnlyMemory<int> Targets) SequenceOf(int user)
    {
        ReadOnlyMemory<int> history = HistoryOf(user);
        int length = Math.Min(history.Length - 1, MaxLength);
        return (history.Slice(history.Length - 1 - length, length), history[^length..]);
    }
}
