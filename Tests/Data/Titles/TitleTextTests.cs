using Data.Titles;

namespace Tests.Data.Titles;

public sealed class TitleTextTests
{
    [Theory]
    [InlineData("Heat (1995)", "Heat", 1995)]
    [InlineData("Shining, The (1980)", "Shining, The", 1980)]
    [InlineData("The  Vow  (2012)", "The Vow", 2012)]
    [InlineData("Superman/Doomsday (2007) ", "Superman/Doomsday", 2007)]
    [InlineData("Twelve Monkeys (a.k.a. 12 Monkeys) (1995)", "Twelve Monkeys (a.k.a. 12 Monkeys)", 1995)]
    [InlineData("City of Lost Children, The (Cité des enfants perdus, La) (1995)", "City of Lost Children, The (Cité des enfants perdus, La)", 1995)]
    [InlineData("Saint Clara (Clara Hakedosha (1995)", "Saint Clara (Clara Hakedosha", 1995)]
    [InlineData("Solaris (2002 film)", "Solaris", 2002)]
    [InlineData("Traffic (2000 American film)", "Traffic", 2000)]
    [InlineData("Heat (film)", "Heat", null)]
    [InlineData("Fargo (TV series)", "Fargo", null)]
    [InlineData("Firefly (TV Series 2002)", "Firefly", 2002)]
    [InlineData("Rome (2005–2007)", "Rome", 2005)]
    [InlineData("Lost (2004- )", "Lost", 2004)]
    [InlineData("Crash (1996/I)", "Crash", 1996)]
    [InlineData("1984 (1984)", "1984", 1984)]
    [InlineData("Hastings (1066)", "Hastings (1066)", null)]
    [InlineData("Stalker (film 1979)", "Stalker", 1979)]
    [InlineData("Stalker (1979) (1980)", "Stalker (1979)", 1980)]
    [InlineData("Stalker (19٧٩)", "Stalker (19٧٩)", null)]
    [InlineData("(1984)", "(1984)", null)]
    [InlineData("(500) Days of Summer (2009)", "(500) Days of Summer", 2009)]
    [InlineData("Death Race 2000", "Death Race 2000", null)]
    [InlineData("Class of 1999 (1234)", "Class of 1999 (1234)", null)]
    [InlineData("I Am Curious (Yellow)", "I Am Curious (Yellow)", null)]
    [InlineData("", "", null)]
    public void A_title_is_divided_from_its_year(string text, string title, int? year) =>
        Assert.Equal((title, year), TitleText.Parse(text));

    [Fact]
    public void Other_titles_are_found_in_parentheses()
    {
        (string main, IReadOnlyList<string> others) = TitleText.SplitAlsoKnownAs("Léon: The Professional (a.k.a. The Professional) (Léon)");
        Assert.Equal("Léon: The Professional", main);
        Assert.Equal(["The Professional", "Léon"], others);
    }

    [Fact]
    public void Nested_and_divided_other_titles_are_found()
    {
        Assert.Equal(["Sen (b)", "Zen"], TitleText.SplitAlsoKnownAs("A (Sen (b) / Zen)").AlsoKnownAs);
        Assert.Equal(["Foo", "Bar"], TitleText.SplitAlsoKnownAs("A (Foo, a.k.a. Bar)").AlsoKnownAs);
        Assert.Empty(TitleText.SplitAlsoKnownAs("(500) Days of Summer").AlsoKnownAs);
        Assert.Empty(TitleText.SplitAlsoKnownAs("(sic)").AlsoKnownAs);
    }

    [Theory]
    [InlineData("Shining, The", "The Shining")]
    [InlineData("Avventura, L'", "L'Avventura")]
    [InlineData("City of Lost Children, The (Cité des enfants perdus, La)", "The City of Lost Children (La Cité des enfants perdus)")]
    [InlineData("Me, Myself & Irene", "Me, Myself & Irene")]
    public void Articles_are_moved_to_the_front_for_reading(string title, string expected) =>
        Assert.Equal(expected, TitleText.Display(title));
}
