using Data.Titles;

namespace Tests.Data.Titles;

public sealed class TitleIndexTests
{
    private static readonly TitleIndex Index = new(
    [
        new(0, "Shining, The", 1980),
        new(1, "A Star Is Born", 1937),
        new(2, "A Star Is Born", 1954),
        new(3, "It", 2017),
        new(4, "Hero", 2002),
        new(5, "Rocky II", 1979),
        new(6, "Edward Scissorhands", 1990),
        new(7, "Twelve Monkeys (a.k.a. 12 Monkeys)", 1995),
        new(8, "Léon: The Professional (a.k.a. The Professional) (Léon)", 1994),
        new(9, "The Professional", 1981),
        new(10, "Untraceable", null),
        new(11, "Dead Ringers", 1988),
        new(12, "Dead Ringer", 1964),
        new(13, "Spider-Man", 2002),
        new(14, "Alien", 1979),
        new(15, "Twin", 2001),
        new(16, "Twin", 2001),
        new(17, "Long Way Home", 1999),
        new(18, "Long Way Hope", 1999),
    ]);

    [Theory]
    [InlineData("The Shining", 1980, 0, TitleMatchKind.Exact)]
    [InlineData("The Shining", 1981, 0, TitleMatchKind.YearOff)]
    [InlineData("shining", null, 0, TitleMatchKind.TitleAlone)]
    [InlineData("A Star Is Born", 1954, 2, TitleMatchKind.Exact)]
    [InlineData("A Star is Born", 1955, 2, TitleMatchKind.YearOff)]
    [InlineData("12 Monkeys", 1995, 7, TitleMatchKind.Exact)]
    [InlineData("The Professional", 1994, 8, TitleMatchKind.Exact)]
    [InlineData("The Professional", null, 9, TitleMatchKind.TitleAlone)]
    [InlineData("Leon", 1994, 8, TitleMatchKind.Exact)]
    [InlineData("Leon (The Professional)", 1994, 8, TitleMatchKind.Exact)]
    [InlineData("Untraceable", 2008, 10, TitleMatchKind.TitleAlone)]
    [InlineData("Spiderman", 2002, 13, TitleMatchKind.Exact)]
    [InlineData("Edward Sissorhands", 1990, 6, TitleMatchKind.EditDistance)]
    [InlineData("Edward Sissorhands", null, 6, TitleMatchKind.EditDistance)]
    [InlineData("Untracable", 2008, 10, TitleMatchKind.EditDistance)]
    public void A_title_is_found(string title, int? year, int item, TitleMatchKind how)
    {
        TitleMatch match = Index.Lookup(title, year);
        Assert.Equal((TitleMatchStatus.Found, item, how), (match.Status, match.Item, match.How));
        Assert.Equal(how == TitleMatchKind.EditDistance, match.Distance > 0);
    }

    [Theory]
    [InlineData("Up", 2009)]
    [InlineData("Up", null)]
    [InlineData("Her", 2002)]
    [InlineData("Her", null)]
    [InlineData("Rocky III", 1979)]
    [InlineData("Rocky", null)]
    [InlineData("The Shining", 1997)]
    [InlineData("Shining", 1981)]
    [InlineData("Edward Sissorhands", 1991)]
    [InlineData("Aliens", 1986)]
    [InlineData("Aliens", null)]
    [InlineData("", null)]
    [InlineData("(", 1990)]
    public void A_title_of_something_else_is_not_found(string title, int? year) =>
        Assert.Equal(TitleMatchStatus.NotFound, Index.Lookup(title, year).Status);

    [Theory]
    [InlineData("A Star Is Born", null, new[] { 1, 2 })]
    [InlineData("Twin", 2001, new[] { 15, 16 })]
    [InlineData("Twin", 2002, new[] { 15, 16 })]
    [InlineData("Long Way Hose", 1999, new[] { 17, 18 })]
    public void Equal_fits_are_ambiguous(string title, int? year, int[] candidates)
    {
        TitleMatch match = Index.Lookup(title, year);
        Assert.Equal((TitleMatchStatus.Ambiguous, -1), (match.Status, match.Item));
        Assert.Equal(candidates, match.Candidates);
    }

    [Fact]
    public void The_caller_may_decide_a_tie()
    {
        int[] counts = new int[19];
        (counts[1], counts[2]) = (7, 3);
        TitleTie popular = TitleTies.MostPopular(counts);
        Assert.Equal(1, Index.Lookup("A Star Is Born", null, popular).Item);
        Assert.Equal(2, Index.Lookup("A Star Is Born", 1954, popular).Item);
        Assert.Equal(TitleMatchStatus.Ambiguous, Index.Lookup("Twin", null, popular).Status);
    }

    [Theory]
    [InlineData("cargoes", "fargoes", false)]
    [InlineData("prisoners", "prisoner", false)]
    [InlineData("edwardscissorhands", "edwardscissorhand", true)]
    [InlineData("rocky2", "rocky3", false)]
    [InlineData("inglouriousbasterds", "ingloriousbastards", true)]
    public void Other_films_are_no_slips(string one, string other, bool slip)
    {
        Assert.Equal(slip, TitleDistance.CanBeSlip(one, other));
        Assert.Equal(slip, TitleDistance.CanBeSlip(other, one));
    }

    [Fact]
    public void The_article_decides_where_no_year_does()
    {
        var index = new TitleIndex([new(0, "Fury", 2014), new(1, "The Fury", 1978), new(2, "Godfather", 1991), new(3, "The Godfather", 1972)]);
        TitleTie popular = TitleTies.MostPopular([10, 90, 0, 2000]);
        Assert.Equal(0, index.Lookup("Fury", null, popular).Item);
        Assert.Equal(1, index.Lookup("The Fury", null, popular).Item);
        Assert.Equal(1, index.Lookup("Fury", 1978, popular).Item);

        // An article left out, of a film that everybody knows.
        Assert.Equal(3, index.Lookup("Godfather", null, popular).Item);
        Assert.Equal(2, index.Lookup("Godfather", null).Item);
    }

    [Fact]
    public void Parts_of_titles_are_found_only_if_asked_for_and_never_before_a_whole_one()
    {
        TitleEntry[] entries = [new(0, "Star Wars: Episode V - The Empire Strikes Back", 1980), new(1, "Terminator 2: Judgment Day", 1991), new(2, "Thor: Ragnarok", 2017), new(3, "Ragnarok", 1983)];
        var index = new TitleIndex(entries, byParts: true);
        Assert.Equal(0, index.Lookup("The Empire Strikes Back", null).Item);
        Assert.Equal(0, index.Lookup("Star Wars: The Empire Strikes Back", 1980).Item);
        Assert.Equal(0, index.Lookup("Star Wars: Episode 5", null).Item);
        Assert.Equal(1, index.Lookup("Terminator 2", null).Item);
        Assert.Equal(2, index.Lookup("Thor", 2017).Item);
        Assert.Equal(3, index.Lookup("Ragnarok", null).Item);
        Assert.Equal(2, index.Lookup("Ragnarok", 2017).Item);
        Assert.Equal(TitleMatchStatus.NotFound, index.Lookup("Thor", null).Status);
        Assert.Equal(TitleMatchStatus.NotFound, index.Lookup("Thor", 2018).Status);
        Assert.Equal(TitleMatchStatus.NotFound, new TitleIndex(entries).Lookup("Terminator 2", null).Status);
        Assert.True(index.Knows("Ragnarok"));
        Assert.False(index.Knows("Terminator 2"));
    }

    [Fact]
    public void The_edit_distance_can_be_switched_off() =>
        Assert.Equal(TitleMatchStatus.NotFound, Index.Lookup("Edward Sissorhands", 1990, maxDistance: 0).Status);

    [Fact]
    public void Every_title_within_the_bound_is_found_as_by_a_full_scan()
    {
        // 3,000 titles over few letters lie close together; the years are equal, so distance alone decides.
        var random = new Random(5);
        string[] titles = [.. Enumerable.Range(0, 3000).Select(_ => RandomTitle(random)).Distinct()];
        var index = new TitleIndex(titles.Select((title, i) => new TitleEntry(i, title, 2000)));
        int near = 0;
        for (int trial = 0; trial < 500; trial++)
        {
            string query = RandomTitle(random);
            int bound = TitleDistance.Allowed(query.Length, sameYear: true);
            (int Distance, int Item)[] scan =
            [
                .. titles.Select((title, i) => (Distance: Levenshtein(query, title), Item: i))
                    .Where(pair => pair.Distance <= Math.Min(bound, TitleDistance.Allowed(Math.Min(query.Length, titles[pair.Item].Length), sameYear: true)))
                    .Where(pair => pair.Distance == 0 || TitleDistance.CanBeSlip(query, titles[pair.Item])),
            ];
            int[] expected = scan.Length == 0 ? [] : [.. scan.Where(pair => pair.Distance == scan.Min(other => other.Distance)).Select(pair => pair.Item)];
            Assert.Equal(expected, index.Lookup(query, 2000).Candidates);
            near += expected.Length > 0 ? 1 : 0;
        }

        Assert.True(near > 50, $"only {near} queries had anything near: the test says little");
    }

    private static string RandomTitle(Random random)
    {
        char[] letters = new char[random.Next(6, 11)];
        for (int i = 0; i < letters.Length; i++)
            letters[i] = "bcd"[random.Next(3)];
        return new string(letters);
    }

    private static int Levenshtein(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1),
                    Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
