using Data;
using Data.Importers;
using Data.Linking;
using static Tests.Data.Linking.Sources;

namespace Tests.Data.Linking;

public sealed class LinkerTests
{
    private static readonly RatingsSource Rated = Ratings(
        "ml-a",
        "movielens",
        Movie("1", "Lantern, The (Laterne, Die) (1991)", "tt0000001"),
        Movie("2", "Zoë & I (2004)", "tt0000002"),
        Movie("3", "Twice Told (1950)"),
        Movie("4", "Twice Told (1990)"),
        Movie("5", "Harbour II (1988)"),
        Movie("6", "Series"));

    private static LinkReport ReportOf(params SourceItem[] spoken) => Linker.Link([Rated], Conversations(spoken)).Report;

    [Fact]
    public void An_item_is_linked_by_the_surest_stage()
    {
        LinkResult result = Linker.Link([Rated], Conversations(
            Movie("a", "Lantern (1991)", "tt0000001"),
            Movie("b", "Zoe and I (2004)"),
            Movie("c", "Harbour 2 (1989)"),
            Movie("d", "die laterne"),
            Movie("e", "Unheard Of (2000)")));
        Assert.Equal([LinkStage.ImdbId, LinkStage.TitleAndYear, LinkStage.YearOff, LinkStage.TitleAlone], result.Report.Links.Select(link => link.Stage));
        Assert.Equal(["e"], result.Report.Unlinked.Select(item => item.Id));

        // "die laterne" is the same movie as the first.
        Assert.Equal([0, 1, 2, 0, 3], result.ConversationItems);
        Assert.Equal([0, 1, 4, 5, 2, 6], result.RatingItems[0]);
        Assert.Equal(["tt0000001", "tt0000002", "ml5", "talks:e", "ml3", "ml4", "ml6"], result.Items.Select(item => item.Id));
        Assert.Equal(
            [ItemOrigin.Both, ItemOrigin.Both, ItemOrigin.Both, ItemOrigin.Conversations, ItemOrigin.Ratings, ItemOrigin.Ratings, ItemOrigin.Ratings],
            result.Items.Select(item => item.Origin));
        Assert.Equal(1988, result.Items[2].Year);
        Assert.Equal(("Twice Told", 1950, "3"), (result.Items[4].Title, result.Items[4].Year, result.Items[4].MovieLensId));
    }

    [Fact]
    public void Other_titles_are_kept_for_later_look_ups()
    {
        Item item = Linker.Link([Rated], Conversations(Movie("a", "Lantern (1991)", "tt0000001"))).Items[0];
        Assert.Equal(("Lantern", "Die Laterne"), (item.Title, item.More[Item.AlsoKnownAsColumn]));
        Assert.Equal(0, global::Data.Titles.TitleIndex.Of([item]).Lookup("Die Laterne", 1991).Item);
    }

    [Fact]
    public void Ambiguous_titles_are_refused_with_their_candidates()
    {
        LinkReport report = ReportOf(Movie("a", "Twice Told"), Movie("b", "Twice Told (1990)"));
        ItemLeftAlone left = Assert.Single(report.Ambiguous);
        Assert.Equal("a", left.Id);
        Assert.Equal(["Twice Told (1950)", "Twice Told (1990)"], left.Candidates);
        Assert.Single(report.Links);
    }

    [Fact]
    public void An_id_is_held_against_title_and_year()
    {
        LinkReport report = ReportOf(
            Movie("a", "Zoë & I (2004)", "tt0000001"), // the id says the lantern, title and year say otherwise
            Movie("b", "Something Else (1999)", "tt0000001"), // both differ
            Movie("c", "Lantern (1992)", "tt0000009"), // a year off, and another id
            Movie("d", "Zoe and I", "tt0000009"),
            Movie("e", "Lantern (1991)", "tt0000009")); // title and year outweigh the id
        Assert.Equal(["Zoë & I (2004)", "Lantern (1991)"], report.Links.Select(link => link.ConversationTitle));
        Assert.All(report.Links, link => Assert.Equal(LinkStage.TitleAndYear, link.Stage));
        Assert.Equal(["b", "d"], report.Contradicted.Select(item => item.Id));
        Assert.Equal(["c"], report.Unlinked.Select(item => item.Id)); // "The Lantern" a year off is another film than "Lantern"
    }

    [Fact]
    public void An_id_that_no_links_file_lists_does_not_speak_against_a_title()
    {
        RatingsSource checkedIds = Rated with { ListedImdbIds = new HashSet<string> { "tt0000001", "tt0000002", "tt0000007" } };
        SourceItem[] spoken = [Movie("a", "Zoe and I", "tt0000007"), Movie("b", "The Lantern (1990)", "tt9999999")];
        LinkReport report = Linker.Link([checkedIds], Conversations(spoken)).Report;
        Assert.Equal(["a"], report.Contradicted.Select(item => item.Id));
        Assert.Equal(LinkStage.YearOff, Assert.Single(report.Links).Stage);
        Assert.Empty(ReportOf(spoken).Links);
    }

    [Fact]
    public void Duplicates_become_one_item_and_false_ones_are_refused()
    {
        LinkResult result = Linker.Link([Rated], Conversations(
            Movie("a", "Lantern", "tt0000001"),
            Movie("b", "The Lantern (1991)", "tt0000001"),
            Movie("c", "Lantern Returns (1992)", "tt0000001"),
            Movie("d", "Remade (1960)", "tt0000050"),
            Movie("e", "Remade (1961)", "tt0000050"),
            Movie("f", "Remade (1999)", "tt0000050")));
        Assert.Equal([0, 0, 1, 2, 2, 3], result.ConversationItems);
        Assert.Equal(["c"], result.Report.Contradicted.Select(item => item.Id));
        Assert.Equal([["Lantern", "The Lantern (1991)"], ["Remade (1960)", "Remade (1961)"]], result.Report.Merged.Select(merged => merged.Titles));
        Assert.Equal(result.Items.Count, result.Items.Select(item => item.Id).Distinct().Count());
    }

    [Fact]
    public void Each_option_makes_a_difference()
    {
        ConversationSource talks = Conversations(Movie("c", "Harbour 2 (1989)"), Movie("d", "Series"));
        Assert.Equal(2, Linker.Link([Rated], talks).Report.Links.Count);
        Assert.Equal(LinkStage.TitleAlone, Assert.Single(Linker.Link([Rated], talks, new LinkOptions { YearOff = false }).Report.Links).Stage);
        Assert.Equal(LinkStage.YearOff, Assert.Single(Linker.Link([Rated], talks, new LinkOptions { TitleAlone = false }).Report.Links).Stage);
    }

    [Fact]
    public void Sources_of_one_id_space_are_joined_by_id_and_others_by_imdb_id_or_title()
    {
        RatingsSource later = Ratings("ml-b", "movielens", Movie("2", "Zoe and Me (2004)"), Movie("9", "New One (2015)", "tt0000033"));
        RatingsSource other = Ratings(
            "shop", "shop", Movie("x", "Die Laterne (1991)"), Movie("y", "Quite Another Name", "tt0000002"), Movie("z", "Harbour 2 (1988)"), Movie("w", "Harbour II (1988)"), Movie("v", "New One (2015)", "tt0000044"));
        LinkResult result = Linker.Link([Rated, later, other], null);
        Assert.Equal([0, 1, 2, 3, 4, 5], result.RatingItems[0]);
        Assert.Equal([1, 6], result.RatingItems[1]);

        // Two items of one source stay two; another IMDb id is another movie.
        Assert.Equal([0, 1, 4, 7, 8], result.RatingItems[2]);
        Assert.Equal("shop:w", result.Items[7].Id);
        Assert.Equal("tt0000044", result.Items[8].Id);
        Assert.Equal("Zoe and Me|Quite Another Name", result.Items[1].More[Item.AlsoKnownAsColumn]);
        Assert.Equal(["ml-a", "ml-b", "shop", "ratings together"], result.Report.Counts.Select(row => row.Name));
        Assert.Equal((8, 9), (result.Report.Counts[3].Users, result.Report.Counts[3].Items));
    }

    [Fact]
    public void Counts_are_the_papers_statistics()
    {
        ConversationSource talks = Conversations(
            [Turn("1", "ann", [0], [1], []), Turn("2", "ann", [0, 1], [2], [1]), Turn("3", null, [2], [], []), Turn("4", "bob", [], [], [])],
            Movie("a", "The Lantern (1991)"),
            Movie("b", "Zoë & I (2004)"),
            Movie("c", "Nowhere (1900)"));
        IReadOnlyList<DatasetCounts> counts = Linker.Link([Rated], talks).Report.Counts;
        Assert.Equal(["ml-a", "talks (conversations)", "ratings of linked items"], counts.Select(row => row.Name));

        // Ratings by position: 1, 2, 3, 3, 3, 3.
        Assert.Equal((15L, 3, 6), (counts[0].Interactions, counts[0].Users, counts[0].Items));
        Assert.Equal((4L, 2, 3), (counts[1].Interactions, counts[1].Users, counts[1].Items));
        Assert.Equal((3L, 2, 2), (counts[2].Interactions, counts[2].Users, counts[2].Items));
        Assert.Equal(0.75, counts[2].Density);
    }
}
