using Data;
using Tests.Contracts;
using Trainers.Options;
using Workbench.Llm.Embeddings;

namespace Tests.Workbench.Llm.Embeddings;

public sealed class HashedTextEmbedderTests
{
    private static readonly string[] Texts = ["Heat (1995). Crime, Thriller. Al Pacino", "Ronin (1998). Action, Thriller. Robert De Niro", "The Notebook (2004). Drama, Romance. Ryan Gosling", "Amélie (2001). Romance"];

    private static float[][] Embed(HashedTextOptions options, params string[] texts) => new HashedTextEmbedder(options, Texts).Embed(texts);

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    [Fact]
    public void Texts_with_words_in_common_are_near()
    {
        float[][] items = Embed(new(), Texts);
        Assert.All(items, vector => Assert.Equal(1, Dot(vector, vector), 1e-5));
        float[] asked = Embed(new(), "something with Al Pacino, a crime thriller")[0];
        Assert.Equal(0, Enumerable.Range(0, 4).MaxBy(item => Dot(asked, items[item])));
        float[] romance = Embed(new(), "a romantic romance")[0];
        Assert.True(Dot(romance, items[3]) > Dot(romance, items[0]));

        // Letters in a row see through endings, accents are folded.
        Assert.True(Dot(Embed(new(), "thrillers")[0], items[1]) > 0.05);
        Assert.Equal(Embed(new(), "Amélie")[0], Embed(new(), "AMELIE")[0]);
    }

    [Fact]
    public void What_no_text_has_says_nothing()
    {
        Assert.All((string[])["", "  ", "zzzzz qqqqq"], text => Assert.All(Embed(new(), text)[0], value => Assert.Equal(0, value)));
        Assert.Equal(Embed(new(), "romance")[0], Embed(new(), "romance zzzzz")[0]);
    }

    [Fact]
    public void A_rare_word_weighs_more_than_one_that_all_have()
    {
        var embedder = new HashedTextEmbedder(new() { Letters = 0, Words = 1 }, ["film heat", "film ronin", "film up"]);
        float[][] vectors = embedder.Embed(["film heat", "film", "heat"]);
        Assert.True(Dot(vectors[0], vectors[2]) > 1.5 * Dot(vectors[0], vectors[1]));
    }

    [Fact]
    public void Every_option_changes_the_vectors()
    {
        float[] expected = Embed(new(), Texts[0])[0];
        foreach (OptionSpec spec in OptionSpecs.Of(typeof(HashedTextOptions)))
        {
            var options = new HashedTextOptions();
            spec.Set(options, OtherValues.Of(spec, spec.Default).First());
            Assert.NotEqual(expected, Embed(options, Texts[0])[0]);
        }
    }

    [Fact]
    public void The_vectors_are_the_same_on_every_machine()
    {
        float[] vector = new HashedTextEmbedder(new() { TextDimension = 16, Letters = 0, Words = 1 }, ["heat", "ronin"]).Embed(["heat heat ronin"])[0];
        Assert.Equal(2, vector.Count(value => value != 0));
        double weight = 1 + Math.Log(2), length = Math.Sqrt((weight * weight) + 1);
        Assert.Equal([Math.Round(1 / length, 5), Math.Round(weight / length, 5)], vector.Where(value => value != 0).Select(value => Math.Round(Math.Abs(value), 5)).Order());
    }

    [Fact]
    public void The_text_of_an_item_has_all_that_is_known()
    {
        var item = new Item("i", "Heat", 1995, ["Crime", "Thriller"], null, null, ItemOrigin.Both) { More = new Dictionary<string, string> { ["plot"] = "A robbery.", ["director"] = "Michael Mann|Somebody" } };
        Assert.Equal("Heat (1995). Crime, Thriller. Michael Mann,Somebody. A robbery.", ItemTexts.Of(item));
        var turn = new Turn("t", "c", Split.Test, null, null, [new Utterance(Role.Seeker, "Hello", []), new Utterance(Role.Recommender, "Hi", [])], [], [], []);
        Assert.Equal("Hello\nHi", ItemTexts.Of(turn));
    }
}
