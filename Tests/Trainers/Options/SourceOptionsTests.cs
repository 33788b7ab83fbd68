using System.Reflection;
using Trainers.Options;

namespace Tests.Trainers.Options;

public sealed class SourceOptionsTests
{
    [Fact]
    public void The_test_split_cannot_be_asked_for() =>
        Assert.Equal(["auto", "train", "validation"], Enum.GetValues<FitSplit>().Select(OptionName.OfMember));

    [Fact]
    public void A_method_learns_from_the_ratings_of_the_first_split_that_exists_unless_told_otherwise()
    {
        var options = new Derived();
        Assert.Equal((TrainOn.Ratings, FitSplit.Auto), (options.TrainOn, options.FitSplit));
    }

    [Fact]
    public void Both_are_options_of_a_derived_record()
    {
        IEnumerable<string> names = typeof(Derived).GetProperties()
            .Where(property => property.GetCustomAttribute<OptionAttribute>() is not null)
            .Select(property => OptionName.OfProperty(property.Name));
        Assert.Equal(["fit_split", "train_on"], names.Order(StringComparer.Ordinal));
    }

    private sealed record Derived : SourceOptions;
}
