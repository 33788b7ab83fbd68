using Trainers;

namespace Data.Splitting;

/// <summary>A dataset with its catalogue. Legend: I' items that stay.</summary>
/// <param name="Dataset">I' items in the order of items.csv; users without any interaction left are left out; turns and replies all stay</param>
/// <param name="Items">I' numbers before</param>
/// <param name="Candidates">I' marks: the items that are ranked; the others only train</param>
/// <param name="UnreachableTargets">(turn, target) pairs whose target is no candidate, removed</param>
/// <param name="UnreachableRepeated">(turn, repeated target) pairs likewise</param>
/// <param name="TurnsWithoutTarget">turns that had targets and have none now</param>
/// <param name="MentionsOutside">(turn, mentioned item) pairs whose item does not stay, removed</param>
/// <param name="InteractionsLeftOut">ratings of items that do not stay</param>
/// <param name="UsersLeftOut">users without any interaction left</param>
public sealed record RestrictedDataset(
    LinkedDataset Dataset,
    int[] Items,
    bool[] Candidates,
    long UnreachableTargets,
    long UnreachableRepeated,
    int TurnsWithoutTarget,
    long MentionsOutside,
    long InteractionsLeftOut,
    int UsersLeftOut)
{
    /// <summary>How many items are ranked.</summary>
    public int CandidateCount => Candidates.Count(candidate => candidate);
}

/// <summary>Restricts a dataset to a catalogue, so that all rows rank the same candidates on the same units.</summary>
public static class CatalogueRestriction
{
    /// <exception cref="UserErrorException">No item is in the catalogue.</exception>
    public static RestrictedDataset Apply(LinkedDataset dataset, CatalogueKind kind, TrainItems trainItems)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        bool[] chosen = Catalogue.Choose(dataset.Items, dataset.Ratings, kind);
        if (!chosen.Contains(true))
        {
            throw new UserErrorException(
                $"the catalogue `{Trainers.Options.OptionName.OfMember(kind)}` of {dataset.Name} is empty: no item of the conversations {(kind == CatalogueKind.Rated ? "has a rating" : "is linked")}");
        }

        bool[] kept = [.. chosen];
        if (trainItems == TrainItems.All)
        {
            int[] counts = dataset.Ratings.CountItems();
            for (int item = 0; item < kept.Length; item++)
                kept[item] |= counts[item] > 0;
        }

        (int[] numbers, int[] items) = InteractionSelection.Number(kept);
        (Interactions ratings, int[] users) = Restrict(dataset.Ratings, numbers, items.Length);
        var removed = new Removed();
        Turn[] turns = [.. dataset.Turns.Select(turn => Restrict(turn, numbers, chosen, removed))];
        LinkedDataset restricted = dataset with
        {
            Items = [.. items.Select(item => dataset.Items[item])],
            Users = users.Length == dataset.Users.Count ? dataset.Users : [.. users.Select(user => dataset.Users[user])],
            Ratings = ratings,
            Turns = turns,
        };
        return new RestrictedDataset(
            restricted,
            items,
            [.. items.Select(item => chosen[item])],
            removed.Targets,
            removed.Repeated,
            removed.Turns,
            removed.Mentions,
            dataset.Ratings.Count - ratings.Count,
            dataset.Users.Count - users.Length);
    }

    /// <returns>the interactions and the numbers before of the users that stay</returns>
    private static (Interactions Ratings, int[] Users) Restrict(Interactions ratings, int[] numbers, int itemCount)
    {
        var keepUsers = new bool[ratings.UserCount];
        long left = 0;
        for (int user = 0; user < keepUsers.Length; user++)
        {
            foreach (int item in ratings.ItemsOf(user))
            {
                keepUsers[user] |= numbers[item] >= 0;
                left += numbers[item] < 0 ? 1 : 0;
            }
        }

        (int[] userNumbers, int[] users) = InteractionSelection.Number(keepUsers);
        bool same = left == 0 && users.Length == ratings.UserCount && itemCount == ratings.ItemCount;
        return (same ? ratings : InteractionSelection.Select(ratings, userNumbers, users.Length, numbers, itemCount), users);
    }

    private static Turn Restrict(Turn turn, int[] numbers, bool[] candidates, Removed removed)
    {
        int[] targets = [.. turn.Targets.Where(item => candidates[item]).Select(item => numbers[item])];
        int[] repeated = [.. turn.Repeated.Where(item => candidates[item]).Select(item => numbers[item])];
        int[] mentioned = Kept(turn.Mentioned, numbers);
        removed.Targets += turn.Targets.Length - targets.Length;
        removed.Repeated += turn.Repeated.Length - repeated.Length;
        removed.Mentions += turn.Mentioned.Length - mentioned.Length;
        removed.Turns += targets.Length == 0 && turn.Targets.Length > 0 ? 1 : 0;
        return turn with
        {
            Targets = targets,
            Repeated = repeated,
            Mentioned = mentioned,
            Context = [.. turn.Context.Select(utterance => utterance with { Items = Kept(utterance.Items, numbers) })],
        };
    }

    private static int[] Kept(int[] items, int[] numbers) => [.. items.Select(item => numbers[item]).Where(item => item >= 0)];

    private sealed class Removed
    {
        public long Targets { get; set; }

        public long Repeated { get; set; }

        public long Mentions { get; set; }

        public int Turns { get; set; }
    }
}
