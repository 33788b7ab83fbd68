using Trainers;

namespace Data.Splitting;

/// <summary>Interactions with users and items renumbered without gaps. Legend: U', I' users and items that stay.</summary>
/// <param name="Interactions">U' x I'</param>
/// <param name="Users">U' numbers before</param>
/// <param name="Items">I' numbers before</param>
/// <param name="Passes">how many passes removed something</param>
public sealed record FilteredInteractions(Interactions Interactions, int[] Users, int[] Items, int Passes);

/// <summary>
/// Leaves out items and users with few interactions. One pass counts both on what is given, as SASRec's preparation does;
/// iterated until nothing changes it gives the k-core. Users and items without any interaction are left out too.
/// </summary>
public static class CountFilter
{
    /// <param name="interactions">U x I</param>
    /// <param name="minPerItem">interactions that an item needs to stay</param>
    /// <param name="minPerUser">interactions that a user needs to stay</param>
    /// <param name="iterate">true for the k-core, false for one pass</param>
    public static FilteredInteractions Apply(Interactions interactions, int minPerItem, int minPerUser, bool iterate)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        var keepUsers = new bool[interactions.UserCount];
        var keepItems = new bool[interactions.ItemCount];
        keepUsers.AsSpan().Fill(true);
        keepItems.AsSpan().Fill(true);
        int passes = 0;
        while (RemoveFew(interactions, minPerItem, minPerUser, keepUsers, keepItems))
        {
            passes++;
            if (!iterate)
                break;
        }

        RemoveFew(interactions, 1, 1, keepUsers, keepItems);
        (int[] userNumbers, int[] users) = InteractionSelection.Number(keepUsers);
        (int[] itemNumbers, int[] items) = InteractionSelection.Number(keepItems);
        return new FilteredInteractions(
            InteractionSelection.Select(interactions, userNumbers, users.Length, itemNumbers, items.Length), users, items, passes);
    }

    /// <returns>Whether any user or item with interactions went.</returns>
    private static bool RemoveFew(Interactions interactions, int minPerItem, int minPerUser, bool[] keepUsers, bool[] keepItems)
    {
        var ofUser = new int[keepUsers.Length];
        var ofItem = new int[keepItems.Length];
        for (int user = 0; user < keepUsers.Length; user++)
        {
            if (!keepUsers[user])
                continue;
            foreach (int item in interactions.ItemsOf(user))
            {
                if (!keepItems[item])
                    continue;
                ofUser[user]++;
                ofItem[item]++;
            }
        }

        return Remove(keepUsers, ofUser, minPerUser) | Remove(keepItems, ofItem, minPerItem);
    }

    private static bool Remove(bool[] keep, int[] counts, int least)
    {
        bool any = false;
        for (int i = 0; i < keep.Length; i++)
        {
            if (!keep[i] || counts[i] >= least)
                continue;
            keep[i] = false;
            any |= counts[i] > 0;
        }

        return any;
    }
}
