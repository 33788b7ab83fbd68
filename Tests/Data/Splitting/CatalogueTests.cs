using Data;
using Data.Splitting;
using FsCheck;
using FsCheck.Fluent;
using Trainers;

namespace Tests.Data.Splitting;

public class CatalogueTests
{
    // Items: 0 rated and talked about, 1 linked but not rated, 2 talked about only, 3 rated only.
    private static readonly LinkedDataset Dataset = new(
        "four",
        [
            Item("both", ItemOrigin.Both), Item("linked", ItemOrigin.Both), Item("talk", ItemOrigin.Conversations), Item("rated", ItemOrigin.Ratings),
        ],
        ["a", "b"],
        new Interactions(2, 4, [0, 2, 3], [3, 0, 3], [1, 2, 3], [1, 2, 3]),
        [
            new Turn("t1", "c1", Split.Test, null, null, [new Utterance(Role.Seeker, "", [2, 0])], [2, 0], [1, 2], [0]),
            new Turn("t2", "c2", Split.Test, null, null, [], [1], [0, 2], [1]),
        ],
        new Dictionary<string, IReadOnlyList<LlmReply>>(),
        new DatasetProvenance(false, [], [], null, "f"));

    [Theory]
    [InlineData(CatalogueKind.Rated, TrainItems.Catalogue, new[] { 0 }, new[] { 0 }, 3, 1, 1, 2, 2, 1)]
    [InlineData(CatalogueKind.Rated, TrainItems.All, new[] { 0, 3 }, new[] { 0 }, 3, 1, 1, 2, 0, 0)]
    [InlineData(CatalogueKind.Linked, TrainItems.Catalogue, new[] { 0, 1 }, new[] { 0, 1 }, 2, 0, 0, 1, 2, 1)]
    [InlineData(CatalogueKind.Linked, TrainItems.All, new[] { 0, 1, 3 }, new[] { 0, 1 }, 2, 0, 0, 1, 0, 0)]
    [InlineData(CatalogueKind.All, TrainItems.Catalogue, new[] { 0, 1, 2, 3 }, new[] { 0, 1, 2, 3 }, 0, 0, 0, 0, 0, 0)]
    public void What_is_outside_is_removed_and_counted(
        CatalogueKind kind, TrainItems train, int[] items, int[] candidates, int targets, int repeated, int turns, int mentions, int interactions, int users)
    {
        RestrictedDataset restricted = CatalogueRestriction.Apply(Dataset, kind, train);
        Assert.Equal(items, restricted.Items);
        Assert.Equal(candidates, items.Where((_, row) => restricted.Candidates[row]));
        Assert.Equal(candidates.Length, restricted.CandidateCount);
        Assert.Equal(
            (targets, repeated, turns, mentions, interactions, users),
            (restricted.UnreachableTargets, restricted.UnreachableRepeated, restricted.TurnsWithoutTarget, restricted.MentionsOutside, restricted.InteractionsLeftOut, restricted.UsersLeftOut));
        Assert.Equal(["t1", "t2"], restricted.Dataset.Turns.Select(turn => turn.Id));
        Assert.Equal(items.Select(item => Dataset.Items[item]), restricted.Dataset.Items);
    }

    [Fact]
    public void Without_anything_outside_the_ratings_are_the_same_object() =>
        Assert.Same(Dataset.Ratings, CatalogueRestriction.Apply(Dataset, CatalogueKind.All, TrainItems.All).Dataset.Ratings);

    [Fact]
    public void An_empty_catalogue_is_refused()
    {
        LinkedDataset unlinked = Dataset with { Items = [.. Dataset.Items.Select(item => item with { Origin = ItemOrigin.Conversations })], Ratings = new Interactions(2, 4, [0, 0, 0], [], [], []) };
        Assert.Throws<UserErrorException>(() => CatalogueRestriction.Apply(unlinked, CatalogueKind.Rated, TrainItems.Catalogue));
        Assert.Throws<UserErrorException>(() => CatalogueRestriction.Apply(unlinked, CatalogueKind.Linked, TrainItems.All));
    }

    [Fact]
    public void Numbers_after_name_the_same_items_as_before() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            LinkedDataset dataset = SampleDataset.Make(seed);
            foreach (CatalogueKind kind in Enum.GetValues<CatalogueKind>())
            {
                foreach (TrainItems train in Enum.GetValues<TrainItems>())
                {
                    bool[] chosen = Catalogue.Choose(dataset.Items, dataset.Ratings, kind);
                    if (chosen.Contains(true))
                        RequireSame(dataset, chosen, CatalogueRestriction.Apply(dataset, kind, train));
                }
            }
        }).QuickCheckThrowOnFailure();

    private static void RequireSame(LinkedDataset before, bool[] chosen, RestrictedDataset after)
    {
        Assert.Equal(after.Items.Order(), after.Items);
        var kept = after.Items.ToHashSet();
        long targets = 0;
        foreach ((Turn was, Turn turn) in before.Turns.Zip(after.Dataset.Turns))
        {
            Assert.Equal(was.Targets.Where(item => chosen[item]), turn.Targets.Select(item => after.Items[item]));
            Assert.Equal(was.Mentioned.Where(kept.Contains), turn.Mentioned.Select(item => after.Items[item]));
            Assert.All(turn.Targets.Concat(turn.Repeated), item => Assert.True(after.Candidates[item]));
            targets += was.Targets.Length - turn.Targets.Length;
        }

        Assert.Equal(targets, after.UnreachableTargets);
        Assert.Equal(before.Ratings.Count - after.InteractionsLeftOut, after.Dataset.Ratings.Count);
        Assert.Equal(before.Users.Count - after.UsersLeftOut, after.Dataset.Users.Count);
        for (int user = 0; user < after.Dataset.Users.Count; user++)
        {
            int was = before.Users.ToList().IndexOf(after.Dataset.Users[user]);
            Assert.Equal(
                before.Ratings.ItemsOf(was).ToArray().Where(kept.Contains), after.Dataset.Ratings.ItemsOf(user).ToArray().Select(item => after.Items[item]));
        }
    }

    private static Item Item(string id, ItemOrigin origin) => new(id, id, null, [], null, null, origin);
}
