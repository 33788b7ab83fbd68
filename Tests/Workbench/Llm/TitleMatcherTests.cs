using Data;
using Data.Importers.Conversations;
using Workbench.Llm;

namespace Tests.Workbench.Llm;

public sealed class TitleMatcherTests
{
    private static readonly Item[] Catalogue =
    [
        Item("Heat", 1995), Item("Heat", 1972), Item("Ronin", 1998), Item("Up", 2009), Item("It", 2017), Item("Crazy, Stupid, Love.", 2011),
        Item("Love", 2015), Item("The Adventurer", 1917), Item("Inglourious Basterds", 2009), Item("Night Moves", 1975), Item("Night Moves", 2013),
    ];

    private readonly TitleMatcher _matcher = new(Catalogue, [9, 1, 5, 5, 5, 5, 5, 5, 5, 2, 2]);

    [Fact]
    public void Items_are_distinct_and_in_the_order_of_the_reply()
    {
        MatchedReply matched = _matcher.Match("1. Ronin\n2. Heat\n3. Heat (1995)\n4. Heat (1972)\n5. Al Pacino");
        Assert.Equal([2, 0, 1], matched.Items);
        Assert.Equal((5, 4, 0, 0, 1), (matched.Named, matched.Exact, matched.ByDistance, matched.Ambiguous, matched.Unmatched));
    }

    [Fact]
    public void Slips_are_matched_by_distance_but_short_titles_and_single_words_are_not()
    {
        MatchedReply matched = _matcher.Match("1. Inglorious Bastards (2009)\n2. Us\n3. Adventures\n4. If");
        Assert.Equal([8], matched.Items);
        Assert.Equal((0, 1, 3), (matched.Exact, matched.ByDistance, matched.Unmatched));
    }

    [Fact]
    public void Equally_popular_films_of_one_title_are_refused()
    {
        MatchedReply matched = _matcher.Match("1. Night Moves\n2. Night Moves (2013)");
        Assert.Equal([10], matched.Items);
        Assert.Equal(1, matched.Ambiguous);
    }

    [Fact]
    public void Titles_with_commas_are_put_together_again()
    {
        Assert.Equal([2, 5, 0], _matcher.Match("Ronin, Crazy, Stupid, Love (2011), Heat (1995)").Items);
        Assert.Equal([2, 6, 0], _matcher.Match("Ronin, Love, Heat").Items);
        Assert.Equal([6], _matcher.Match("1. Crazy\n2. Stupid\n3. Love").Items);
    }

    [Theory]
    [InlineData("1. Al Pacino: Heat (1995)", 0)]
    [InlineData("1. Thriller: Ronin", 2)]
    [InlineData("1. Ronin: Thriller film", 2)]
    [InlineData("1. Heat 1972", 1)]
    [InlineData("1. Heat by Michael Mann (1995)", 0)]
    [InlineData("1. Ronin with Robert De Niro", 2)]
    public void What_stands_around_a_title_is_looked_through(string reply, int item) => Assert.Equal([item], _matcher.Match(reply).Items);

    [Theory]
    [InlineData("1. Ronin: Heat")]
    [InlineData("1. Love: The Heat (2013)")]
    [InlineData("1. Heat 2: Night Moves")]
    public void A_subtitle_is_not_a_title(string reply) => Assert.Empty(_matcher.Match(reply).Items);

    [Fact]
    public void The_last_of_a_list_between_commas_may_be_two() => Assert.Equal([2, 3, 0], _matcher.Match("Ronin, Nothing Known, Up and Heat").Items);

    [Fact]
    public void A_refusal_is_empty()
    {
        MatchedReply matched = _matcher.Match("I'm sorry, I can't.");
        Assert.Empty(matched.Items);
        Assert.Equal(0, matched.Named);
    }

    [Fact]
    public void The_report_adds_up()
    {
        var report = MatchReport.Of([_matcher.Match("1. Ronin\n2. Nobody Knows This"), _matcher.Match(""), _matcher.Match("1. Nothing Known")]);
        Assert.Equal((3, 1, 2), (report.Replies, report.Empty, report.NoItem));
        Assert.Equal((3, 1, 2), (report.Named, report.Exact, report.Unmatched));
        Assert.Equal(1 / 3.0, report.MatchRate);
        Assert.Equal(0, MatchReport.Of([]).MatchRate);
    }

    [Fact]
    public void Recorded_matches_keep_repeats_and_places_as_published()
    {
        LlmReply reply = new("t", "m", "", "", null, [new("Heat!", "Heat", 1), new("Pacino", "Al Pacino", 2), new("Ronan", "Ronin", 3), new("Heat", "Heat", 0), new("Moss-Man", "Moss Man", 1)]);
        Item[] items = [Recorded("Heat", "Heat"), Recorded("Ronin", "Ronin"), Recorded("Moss-Man", "Moss Man"), Item("Al Pacino", 2001)];
        var matcher = RecordedMatcher.Of(items);

        MatchedReply published = matcher.Match(reply);
        Assert.Equal([0, MatchedReply.OffCatalogue, 0, 2], published.Items);
        Assert.Equal((5, 1, 2, 2), (published.Named, published.Exact, published.ByDistance, published.Unmatched));
        Assert.Equal([0, 2], matcher.Match(reply, asPublished: false).Items);
        Assert.Equal([0], RecordedMatcher.Of(items, maxDistance: 0).Match(reply, asPublished: false).Items);
        Assert.Equal([3], RecordedMatcher.Of([Item("a", 1), Item("b", 1), Item("c", 1), Item("Al Pacino", 2001)]).Match(reply, asPublished: false).Items);
        Assert.Throws<ArgumentException>(() => matcher.Match(reply with { Matches = null }));
    }

    private static Item Recorded(string title, string recorded) =>
        Item(title, 2000) with { More = new Dictionary<string, string> { [InspiredTitles.Column] = recorded } };

    private static Item Item(string title, int year) => new($"{title}-{year}", title, year, [], null, null, ItemOrigin.Both);
}
