using Trainers.Options;

namespace Tests.Trainers.Options;

public sealed class OptionNameTests
{
    [Theory]
    [InlineData("TrainOn", "train_on")]
    [InlineData("Dimension", "dimension")]
    [InlineData("LLMItems", "llm_items")]
    public void Properties_are_in_snake_case(string name, string expected) => Assert.Equal(expected, OptionName.OfProperty(name));

    [Fact]
    public void Members_are_in_kebab_case() => Assert.Equal("sampled-softmax", OptionName.OfMember("SampledSoftmax"));

    [Theory]
    [InlineData("dimensoin", "dimension")]
    [InlineData("xyz", null)]
    public void The_nearest_name_is_found(string given, string? expected) =>
        Assert.Equal(expected, NearestName.Of(given, ["dimension", "iterations", "alpha0"]));
}
