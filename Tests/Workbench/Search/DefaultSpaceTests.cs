using Trainers;
using Trainers.Options;
using Trainers.Sampling;
using Workbench.Experiments;
using Workbench.Search;

namespace Tests.Workbench.Search;

/// <summary>What is declared beside the options of every method of the catalogs.</summary>
public sealed class DefaultSpaceTests
{
    public static TheoryData<string, string> Methods
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (ICatalog catalog in (ICatalog[])[Catalogs.All.Baselines, Catalogs.All.Trainers, Catalogs.All.Rerankers])
                data.AddRange([.. catalog.Entries.Select(entry => (catalog.Kind, entry.Name))]);
            return data;
        }
    }

    private static ICatalogEntry Entry(string kind, string name) =>
        (kind == ExperimentCatalogs.Baseline ? Catalogs.All.Baselines : kind == ExperimentCatalogs.Trainer ? Catalogs.All.Trainers : Catalogs.All.Rerankers).FindEntry(name)!;

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_trainer_and_reranker_and_every_baseline_with_options_has_one(string kind, string name) =>
        Assert.Equal(OptionSpecs.Of(Entry(kind, name).OptionsType).Count > 0, DefaultSpace.Of(Entry(kind, name).OptionsType).Count > 0);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Its_bounds_choices_and_conditions_are_the_options(string kind, string name)
    {
        Type options = Entry(kind, name).OptionsType;
        foreach (SearchParameter parameter in DefaultSpace.Of(options))
        {
            OptionSpec spec = OptionSpecs.Find(options, parameter.Name)!;
            if (parameter.Domain is ChoiceDomain choice)
                Assert.All(choice.Values, value => Assert.Null(spec.Check(value)));
            else
            {
                Assert.True(spec.ValueType == typeof(int) || spec.ValueType == typeof(double), $"{name}: {parameter}");
                foreach (double place in (double[])[0, 1])
                    Assert.Null(spec.Check(Convert.ChangeType(parameter.Domain.At(place), spec.ValueType, null)));
                Assert.True(spec.Search!.Low < spec.Search.High && (!spec.Search.Log || spec.Search.Low > 0), $"{name}: {parameter}");
            }

            foreach (SearchCondition condition in parameter.Conditions)
            {
                OptionSpec? other = OptionSpecs.Find(options, condition.Option);
                Assert.NotNull(other);
                Assert.NotEmpty(condition.Values);
                Assert.All(condition.Values, value => Assert.Null(other.Check(value)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Whatever_is_drawn_can_be_made(string kind, string name)
    {
        ICatalogEntry entry = Entry(kind, name);
        object defaults = Activator.CreateInstance(entry.OptionsType)!;
        var space = new SearchSpace(AssignedOptions.Decide(DefaultSpace.Of(entry.OptionsType), defaults));
        var random = new SplitMix64(7);
        for (int draw = 0; draw < 100; draw++)
        {
            Assignment one = space.At([.. space.Parameters.Select(_ => random.NextDouble())]);
            object options = AssignedOptions.Of(defaults, one);
            foreach (KeyValuePair<string, object?> value in one.Values)
                Assert.Equal(OptionText.Of(value.Value), OptionText.Of(OptionSpecs.Find(entry.OptionsType, value.Key)!.Get(options)));

            // A method that needs a file says that it has none, whatever is drawn.
            Exception? refusal = Record.Exception(() => entry.Make(options));
            Assert.True(refusal is null || (name == "text-vectors" && refusal is UserErrorException), refusal?.Message);
        }
    }

    [Theory]
    [InlineData("matrix-factorization", "iterations", false)]
    [InlineData("item2vec", "epochs", true)]
    [InlineData("fism", "epochs", false)]
    [InlineData("sasrec", "epochs", false)]
    [InlineData("alpharec", "epochs", false)]
    [InlineData("text-hashed", null, false)]
    public void A_training_has_its_length(string trainer, string? option, bool shapes)
    {
        object defaults = Activator.CreateInstance(Entry(ExperimentCatalogs.Trainer, trainer).OptionsType)!;
        TrainingLength? length = TrainingLength.Of(defaults);
        Assert.Equal((option, shapes), (length?.Option.Name, length?.Shapes ?? false));
        if (length is not null)
            Assert.Equal(length.Option.Default, length.Epochs);
    }

    [Fact]
    public void A_length_may_depend_on_the_algorithm()
    {
        Assert.Equal(("epochs", 60, true), Length(FactorizationAlgorithm.Bpr));
        Assert.Equal(("iterations", 16, false), Length(FactorizationAlgorithm.Ials));
        Assert.Null(TrainingLength.Of(new MatrixFactorizationOptions { Algorithm = FactorizationAlgorithm.Libmf }));
    }

    private static (string, int, bool)? Length(FactorizationAlgorithm algorithm) =>
        TrainingLength.Of(new MatrixFactorizationOptions { Algorithm = algorithm }) is { } length ? (length.Option.Name, length.Epochs, length.Shapes) : null;
}
