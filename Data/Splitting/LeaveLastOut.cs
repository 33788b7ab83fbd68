using Trainers;

namespace Data.Splitting;

/// <summary>Test is each user's last interaction by (time, row), validation the one before. Who has fewer than three keeps all in train.</summary>
public static class LeaveLastOut
{
    private const int Least = 3;

    public static NextItemSplit Split(Interactions interactions)
    {
        var (validation, test) = (new int[interactions.UserCount], new int[interactions.UserCount]);
        for (int user = 0; user < interactions.UserCount; user++)
        {
            int count = interactions.CountOf(user);
            (validation[user], test[user]) = count < Least ? (count, count) : (count - 2, count - 1);
        }

        return new NextItemSplit(interactions, validation, test);
    }
}
