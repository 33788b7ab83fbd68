using Trainers;

namespace Data.Splitting;

/// <summary>Each user's interactions divided by time: train, then validation, then test.</summary>
/// <remarks>Legend: U users; user u's interactions are positions of <see cref="All"/>, divided at two of them.</remarks>
public sealed class NextItemSplit
{
    private readonly int[] _validationStart; // U: first validation position within the user
    private readonly int[] _testStart; // U: first test position within the user

    /// <param name="all">U users</param>
    /// <param name="validationStart">U positions within the user's interactions</param>
    /// <param name="testStart">U positions, not before the validation's</param>
    internal NextItemSplit(Interactions all, int[] validationStart, int[] testStart)
    {
        (All, _validationStart, _testStart) = (all, validationStart, testStart);
        Train = Between(new int[validationStart.Length], _validationStart);
    }

    /// <summary>What was divided.</summary>
    public Interactions All { get; }

    /// <summary>What comes before validation and test; users and items keep their numbers.</summary>
    public Interactions Train { get; }

    /// <summary>What comes before the test.</summary>
    public Interactions TrainWithValidation() => Between(new int[_testStart.Length], _testStart);

    /// <summary>What comes before the test and after the training; users and items keep their numbers.</summary>
    public Interactions Validation() => Between(_validationStart, _testStart);

    /// <summary>The user's validation items; none if the user has too few.</summary>
    public int[] ValidationItems(int user) => All.ItemsOf(user)[_validationStart[user].._testStart[user]].ToArray();

    /// <summary>The user's test items; none if the user has too few.</summary>
    public int[] TestItems(int user) => All.ItemsOf(user)[_testStart[user]..].ToArray();

    private Interactions Between(int[] starts, int[] ends)
    {
        var offsets = new long[All.UserCount + 1];
        for (int user = 0; user < All.UserCount; user++)
            offsets[user + 1] = offsets[user] + ends[user] - starts[user];

        var (items, ratings, times) = (new int[offsets[^1]], new float[offsets[^1]], new long[offsets[^1]]);
        for (int user = 0; user < All.UserCount; user++)
        {
            (int from, int to, int count) = ((int)All.Offsets[user] + starts[user], (int)offsets[user], ends[user] - starts[user]);
            All.Items.Slice(from, count).CopyTo(items.AsSpan(to));
            All.Ratings.Slice(from, count).CopyTo(ratings.AsSpan(to));
            All.Times.Slice(from, count).CopyTo(times.AsSpan(to));
        }

        return new Interactions(All.UserCount, All.ItemCount, offsets, items, ratings, times);
    }
}
