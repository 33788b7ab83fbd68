using System.Globalization;
using Trainers.Options;

namespace Tests.Trainers.Options;

public sealed class OptionSpecsTests
{
    public enum Loss
    {
        Bce,
        SampledSoftmax,
    }

    public sealed record Everything
    {
        [Option("Length of a vector.", Min = 1, Max = 1024)]
        public int Dimension { get; init; } = 64;

        [Option("How strongly large vectors cost.", Min = 0, MinExclusive = true)]
        public double Regularization { get; init; } = 0.003;

        [Option("Least rating; without it | every one counts.")]
        public double? MinRating { get; init; }

        [Option("What is minimised.")]
        public Loss Loss { get; init; } = Loss.SampledSoftmax;

        [Option("Whether ids are hashed.")]
        public bool Hash { get; init; }

        [Option("A name.")]
        public string Title { get; init; } = "x";

        [Option("A name that may be missing.")]
        public string? Nickname { get; init; }

        [Option("Layers.", Min = 1)]
        public IReadOnlyList<int> Layers { get; init; } = [64, 32];
    }

    public sealed record NoOption
    {
        public int Forgotten { get; init; }
    }

    public sealed record IllegalDefault
    {
        [Option("d", Min = 1)]
        public int Dimension { get; init; }
    }

    private static OptionSpec Spec(string name) => OptionSpecs.Find(typeof(Everything), name)!;

    [Fact]
    public void Options_are_read_in_the_order_of_declaration()
    {
        Assert.Equal(
            ["dimension", "regularization", "min_rating", "loss", "hash", "title", "nickname", "layers"],
            OptionSpecs.Of(typeof(Everything)).Select(spec => spec.Name));
        Assert.Equal(64, Spec("dimension").Default);
        Assert.Equal(["bce", "sampled-softmax"], Spec("loss").Choices);
        Assert.Equal(typeof(double), Spec("min_rating").ValueType);
        Assert.Equal(["min_rating", "nickname"], OptionSpecs.Of(typeof(Everything)).Where(spec => spec.IsNullable).Select(spec => spec.Name));
        Assert.Equal(Loss.Bce, Spec("loss").Member("bce"));
        Assert.Null(Spec("loss").Member("Bce"));
    }

    public static TheoryData<string, object?, string?> Values => new()
    {
        { "dimension", 64, null },
        { "dimension", 0, "must be a whole number from 1 to 1024, not 0" },
        { "dimension", 1.5, "must be a whole number from 1 to 1024, not 1.5" },
        { "dimension", null, "must be a whole number from 1 to 1024, not empty" },
        { "regularization", 0.0, "must be a number greater than 0, not 0" },
        { "regularization", double.NaN, "must be a number greater than 0, not NaN" },
        { "min_rating", null, null },
        { "min_rating", 3.5, null },
        { "loss", Loss.Bce, null },
        { "loss", (Loss)7, "must be one of bce, sampled-softmax, not 7" },
        { "hash", true, null },
        { "hash", "yes", "must be true or false, not yes" },
        { "title", null, "must be a text, not empty" },
        { "nickname", null, null },
        { "layers", new[] { 1, 2 }, null },
        { "layers", new[] { 1, 0 }, "must be a whole number of at least 1, not 0" },
        { "layers", new[] { "a" }, "must be a list, each a whole number of at least 1, not [a]" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_are_checked(string option, object? value, string? problem) => Assert.Equal(problem, Spec(option).Check(value));

    [Fact]
    public void A_value_is_set_or_refused()
    {
        var options = new Everything();
        Spec("dimension").Set(options, 8);
        Assert.Equal(8, options.Dimension);
        ArgumentException e = Assert.Throws<ArgumentException>(() => Spec("dimension").Set(options, -8));
        Assert.StartsWith("`dimension` must be a whole number from 1 to 1024, not -8", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_break_the_rules_are_refused()
    {
        Assert.Equal("NoOption.Forgotten is public but no [Option].",
            Assert.Throws<InvalidOperationException>(() => OptionSpecs.Of(typeof(NoOption))).Message);
        Assert.Equal("The default of IllegalDefault.Dimension must be a whole number of at least 1, not 0.",
            Assert.Throws<InvalidOperationException>(() => OptionSpecs.Of(typeof(IllegalDefault))).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ru-RU")]
    public void Labels_list_what_differs(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal("", OptionLabel.Of(new Everything { Layers = [64, 32] }));
        Assert.Equal(
            "dimension=128, regularization=0.01, min_rating=3.5, loss=bce, hash=true, layers=[1, 2]",
            OptionLabel.Of(new Everything { Dimension = 128, Regularization = 0.01, MinRating = 3.5, Loss = Loss.Bce, Hash = true, Layers = [1, 2] }));
    }

    [Fact]
    public void The_table_is_markdown()
    {
        var catalog = new Catalog<string>("thing", CatalogEntry<string>.Of<Everything>("everything", "All kinds of options.", _ => ""));
        Assert.Equal(
            """
            ### `everything`

            All kinds of options.

            | option | default | range | meaning |
            |---|---|---|---|
            | `dimension` | 64 | 1 .. 1024 | Length of a vector. |
            | `regularization` | 0.003 | > 0 | How strongly large vectors cost. |
            | `min_rating` | none | any, or none | Least rating; without it \| every one counts. |
            | `loss` | sampled-softmax | bce, sampled-softmax | What is minimised. |
            | `hash` | false | true, false | Whether ids are hashed. |
            | `title` | x | any | A name. |
            | `nickname` | none | any, or none | A name that may be missing. |
            | `layers` | [64, 32] | >= 1 | Layers. |

            """.ReplaceLineEndings("\n"),
            OptionTable.Markdown(catalog));
    }
}
