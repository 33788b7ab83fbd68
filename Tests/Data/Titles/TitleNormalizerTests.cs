using Data.Titles;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Data.Titles;

public sealed class TitleNormalizerTests
{
    [Theory]
    [InlineData("The Shining", "Shining, The")]
    [InlineData("A Few Good Men", "Few Good Men, A")]
    [InlineData("Das Boot", "Boot, Das")]
    [InlineData("Die Welle", "Welle, Die")]
    [InlineData("L'avventura", "Avventura, L’")]
    [InlineData("Les Misérables", "Miserables, Les")]
    [InlineData("Amélie", "AMELIE")]
    [InlineData("Ame\u0301lie", "Amélie")]
    [InlineData("Straße", "Strasse")]
    [InlineData("Þór", "Thor")]
    [InlineData("Fast & Furious", "Fast and Furious")]
    [InlineData("Romeo + Juliet", "Romeo and Juliet")]
    [InlineData("Rock 'n' Roll High School", "Rock & Roll High School")]
    [InlineData("Rocky II", "Rocky 2")]
    [InlineData("Rocky V", "Rocky 5")]
    [InlineData("Star Trek V: The Final Frontier", "Star Trek 5 - The Final Frontier")]
    [InlineData("The Godfather: Part II", "Godfather 2, The")]
    [InlineData("Dune: Part One", "Dune Part I")]
    [InlineData("Star Wars: Episode I - The Phantom Menace", "Star Wars Episode 1: The Phantom Menace")]
    [InlineData("Kill Bill: Volume 2", "Kill Bill Vol. II")]
    [InlineData("Ocean's Eleven", "Oceans 11")]
    [InlineData("Kramer v. Kramer", "Kramer versus Kramer")]
    [InlineData("Dr. Strange", "Doctor Strange")]
    [InlineData("E.T. the Extra-Terrestrial", "ET: The Extra Terrestrial")]
    [InlineData("M*A*S*H", "MASH")]
    [InlineData("L.A. Confidential", "LA Confidential")]
    [InlineData("10,000 BC", "10000 B.C.")]
    [InlineData("8½", "8 1/2")]
    [InlineData("Alien³", "Alien 3")]
    [InlineData("Ｈｅａｔ", "heat")]
    [InlineData("  Heat ", "Heat")]
    public void Spellings_of_one_title_have_one_key(string one, string other) =>
        Assert.Equal(TitleNormalizer.Normalize(one), TitleNormalizer.Normalize(other));

    [Theory]
    [InlineData("Malcolm X", "malcolm x")]
    [InlineData("I, Robot", "i robot")]
    [InlineData("Withnail & I", "withnail and i")]
    [InlineData("X-Men", "x men")]
    [InlineData("V for Vendetta", "v for vendetta")]
    [InlineData("Die Hard", "die hard")]
    [InlineData("Los Angeles Plays Itself", "los angeles plays itself")]
    [InlineData("La La Land", "la la land")]
    [InlineData("A.I. Artificial Intelligence", "ai artificial intelligence")]
    [InlineData("The", "the")]
    [InlineData("...", "...")]
    [InlineData("$", "$")]
    [InlineData("/ \u0301 -", "/ -")]
    [InlineData("Брат", "брат")]
    public void Words_that_look_like_numbers_or_articles_stay(string title, string key) =>
        Assert.Equal(key, TitleNormalizer.Normalize(title));

    [Theory]
    [InlineData("Rocky II", "Rocky III")]
    [InlineData("Up", "It")]
    [InlineData("Alien", "Aliens")]
    [InlineData("Nine", "9")]
    public void Different_titles_have_different_keys(string one, string other) =>
        Assert.NotEqual(TitleNormalizer.Normalize(one), TitleNormalizer.Normalize(other));

    [Fact]
    public void Variants_hold_the_main_title_first()
    {
        Assert.Equal(["12 monkeys", "12 monkeys aka 12 monkeys"], TitleNormalizer.Variants("Twelve Monkeys (a.k.a. 12 Monkeys)"));
        Assert.Equal(
            ["city of lost children", "city of lost children the cite des enfants perdus la", "cite des enfants perdus"],
            TitleNormalizer.Variants("City of Lost Children, The (Cité des enfants perdus, La)"));
    }

    [Fact]
    public void The_key_of_a_key_is_itself()
    {
        string[] parts =
        [
            "the", "a", "The", "la", "l'", "I", "V", "v", "X", "n", "&", "+", "part", "Pt.", "II", "ix", "one", "Two", "é", "ß", "½", ":", " - ", ",", ", The", "(", ")",
            "vol", "b", "c.", "'", "*", " ", "  ", "7", "1,000", "Heat", "½", "…", "Ё", "İ", "\u0301", "/", "ⅱ", "の", "😀", "vs",
        ];
        Gen<string> titles = Gen.Elements(parts).ArrayOf(8).Select(words => string.Join(" ", words))
            .Or(Gen.Elements(parts).ArrayOf(6).Select(string.Concat));
        Prop.ForAll(titles.ToArbitrary(), KeyIsStable).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        Prop.ForAll<string>(KeyIsStable).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static bool KeyIsStable(string? title)
    {
        string key = TitleNormalizer.Normalize(title ?? "");
        string again = TitleNormalizer.Normalize(key);
        return key == again ? true : throw new InvalidOperationException($"[{title}] -> [{key}] -> [{again}]");
    }
}
