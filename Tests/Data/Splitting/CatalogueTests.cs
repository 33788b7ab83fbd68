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
    [InlineData(CatalogueKind.Rated, false, new[] { 0 }, new[] { 0 }, 1)]
    [InlineData(CatalogueKind.Rated, true, new[] { 0, 3 }, new[] { 0 }, 3)]
    [InlineData(CatalogueKind.Linked, false, new[] { 0, 1 }, new[] { 0, 1 }, 1)]
    [InlineData(CatalogueKind.Linked, true, new[] { 0, 1, 3 }, new[] { 0, 1 }, 3)]
    [InlineData(CatalogueKind.All, false, new[] { 0, 1, 2, 3 }, new[] { 0, 1, 2, 3 }, 3)]
    public void Only_candidates_may_be_ranked_and_only_kept_items_are_trained_on(CatalogueKind kind, bool trainAll, int[] items, int[] candidates, int interactions)
    {
        Catalogue catalogue = CatalogueRestriction.Apply(Dataset, kind, trainAll);
        Assert.Equal(items.Select(item => Dataset.Items[item]), catalogue.Dataset.Items);
        Assert.Equal(items, Enumerable.Range(0, 4).Where(item => catalogue.RowOf[item] >= 0));
        Assert.Equal(candidates, items.Where((_, row) => catalogue.Candidates?[row] != false));
        Assert.Equal(interactions, catalogue.Dataset.Ratings.Count);
        Assert.Equal(items.Length == Dataset.Items.Count, ReferenceEquals(Dataset.Ratings, catalogue.Dataset.Ratings));
        Assert.Equal(["t1", "t2"], catalogue.Dataset.Turns.Select(turn => turn.Id));
    }

    [Fact]
    public void An_empty_catalogue_is_refused()
    {
        LinkedDataset unlinked = Dataset with
        {
            Items = [.. Dataset.Items.Select(item => item with { Origin = ItemOrigin.Conversations })],
            Ratings = new Interactions(2, 4, [0, 0, 0], [], [], []),
        };
        Assert.Throws<UserErrorException>(() => CatalogueRestriction.Apply(unlinked, CatalogueKind.Rated, trainAll: false));
        Assert.Throws<UserErrorException>(() => CatalogueRestriction.Apply(unlinked, CatalogueKind.Linked, trainAll: true));
    }

    [Fact]
    public void Numbers_after_name_the_same_items_as_before() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            LinkedDataset dataset = SampleDataset.Make(seed);
            foreach (CatalogueKind kind in Enum.GetValues<CatalogueKind>())
            {
                foreach (bool trainAll in new[] { false, true })
                    RequireSame(dataset, kind, trainAll);
            }
        }).QuickCheckThrowOnFailure();

    private static void RequireSame(LinkedDataset before, CatalogueKind kind, bool trainAll)
    {
        Catalogue after;
        try
        {
            after = CatalogueRestriction.Apply(before, kind, trainAll);
        }
        catch (UserErrorException)
        {
            int[] counts = before.Ratings.CountItems();
            Assert.DoesNotContain(before.Items.Select((item, i) => item.Origin == ItemOrigin.Both && counts[i] > 0), linked => linked);
            return;
        }

        int[] back = [.. Enumerable.Range(0, before.Items.Count).Where(item => after.RowOf[item] >= 0)];
        bool May(int item) => after.RowOf[item] >= 0 && after.Candidates?[after.RowOf[item]] != false;
        foreach ((Turn was, Turn turn) in before.Turns.Zip(after.Dataset.Turns))
        {
            Assert.Equal(was.Targets.Where(May), turn.Targets.Select(item => back[item]));
            Assert.Equal(was.Mentioned.Where(May), turn.Mentioned.Select(item => back[item]));
        }

        for (int user = 0; user < before.Users.Count; user++)
        {
            Assert.Equal(
                before.Ratings.ItemsOf(user).ToArray().Where(item => after.RowOf[item] >= 0),
                after.Dataset.Ratings.ItemsOf(user).ToArray().Select(item => back[item]));
        }
    }

    private static Item Item(string id, ItemOrigin origin) => new(id, id, null, [], null, null, origin);
}
