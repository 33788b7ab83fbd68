using Trainers.Sampling;

namespace Trainers.SelfAttention;

/// <summary>The users' items in order of time, numbered without those that nobody has, and the last items that are held out to decide when to stop.</summary>
/// <remarks>Legend: I items that somebody has, U users, L the longest history that a model looks at.</remarks>
internal sealed class TrainingSequences
{
    private const ulong HeldOutStream = 1UL << 41;

    private readonly Interactions _interactions;
    private readonly int[] _items;
    private readonly bool[] _heldOut;

    /// <param name="interactions">all that the trainer was given</param>
    /// <param name="maxLength">L</param>
    /// <param name="validationUsers">hold out the last item of at most so many users, and of at most half of those who have three</param>
    /// <param name="seed">chooses them</param>
    public TrainingSequences(Interactions interactions, int maxLength, int validationUsers, ulong seed)
    {
        (_interactions, MaxLength) = (interactions, maxLength);
        int[] counts = interactions.CountItems();
        Rows = new int[interactions.ItemCount];
        Array.Fill(Rows, -1);
        Names = [.. Enumerable.Range(0, interactions.ItemCount).Where(item => counts[item] > 0)];
        for (int row = 0; row < Names.Length; row++)
            Rows[Names[row]] = row;
        _items = [.. interactions.Items.Select(item => Rows[item])];

        int[] candidates = [.. Enumerable.Range(0, interactions.UserCount).Where(user => interactions.CountOf(user) >= 3)];
        SplitMix64.ForStream(seed, HeldOutStream).Shuffle<int>(candidates);
        HeldOutUsers = candidates[..Math.Min(validationUsers, (candidates.Length + 1) / 2)];
        Array.Sort(HeldOutUsers);
        _heldOut = new bool[interactions.UserCount];
        foreach (int user in HeldOutUsers)
            _heldOut[user] = true;
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
        _items.AsMemory((int)_interactions.Offsets[user], _interactions.CountOf(user) - (_heldOut[user] ? 1 : 0));

    /// <summary>The last item of a user who is held out.</summary>
    public int HeldOutItemOf(int user) => _items[(int)_interactions.Offsets[user + 1] - 1];

    /// <summary>What goes in and what comes next: all positions of the last L + 1 items.</summary>
    public (ReadOnlyMemory<int> Inputs, ReadOnlyMemory<int> Targets) SequenceOf(int user)
    {
        ReadOnlyMemory<int> history = HistoryOf(user);
        int length = Math.Min(history.Length - 1, MaxLength);
        return (history.Slice(history.Length - 1 - length, length), history[^length..]);
    }
}
