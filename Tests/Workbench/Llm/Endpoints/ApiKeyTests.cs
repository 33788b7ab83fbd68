using Trainers;
using Workbench.Llm.Endpoints;

namespace Tests.Workbench.Llm.Endpoints;

/// <summary>The key is read from the environment and taken out of other people's texts.</summary>
public sealed class ApiKeyTests
{
    private const string Secret = "sk-test-aB3dE5gH7jK9mN1pQ3sT5";

    private static ApiKey Read(string? value, string variable = "WORKBENCH_TEST_API_KEY_TESTS")
    {
        Environment.SetEnvironmentVariable(variable, value);
        return ApiKey.FromEnvironment(variable);
    }

    [Theory]
    [InlineData("Incorrect key: sk-test-aB3dE5gH7jK9mN1pQ3sT5.", "Incorrect key: [key].")]
    [InlineData("Bearer sk-test-aB3dE5gH7jK9mN1pQ3sT5sk-test-aB3dE5gH7jK9mN1pQ3sT5", "Bearer [key][key]")]
    [InlineData("it begins with sk-test-aB3dE5, and ends with mN1pQ3sT5", "it begins with [key], and ends with [key]")]
    [InlineData("sk-test", "sk-test")]
    [InlineData("", "")]
    public void A_text_loses_the_key_and_its_parts(string text, string without) => Assert.Equal(without, Read(Secret).Hide(text));

    [Fact]
    public void No_part_of_eight_letters_stays_wherever_the_text_is_cut()
    {
        ApiKey key = Read(Secret);
        for (int start = 0; start < Secret.Length; start++)
        {
            for (int end = start; end <= Secret.Length; end++)
            {
                string hidden = key.Hide($"<{Secret[start..end]}>");
                for (int i = 0; i + 8 <= Secret.Length; i++)
                    Assert.DoesNotContain(Secret.Substring(i, 8), hidden, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_key_that_is_no_secret_may_be_a_word_of_a_reply()
    {
        ApiKey key = Read("ollama");
        Assert.Equal("1. The ollama film", key.HideWhole("1. The ollama film"));
        Assert.Equal("no [key] here", key.Hide("no ollama here"));
        Assert.Equal("1. [key]", Read(Secret).HideWhole($"1. {Secret}"));
    }

    [Theory]
    [InlineData(null, "is not set: put the endpoint's key there")]
    [InlineData("  ", "is not set")]
    [InlineData("sk-one two", "holds a character that no key has")]
    [InlineData("sk-ключ", "holds a character that no key has")]
    public void What_is_no_key_is_refused_without_being_shown(string? value, string says)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Read(value));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        if (value?.Trim() is { Length: > 0 } shown)
            Assert.DoesNotContain(shown, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void White_space_around_a_key_is_no_part_of_it() => Assert.Equal(Secret, Read($" {Secret}\n").Reveal());

    [Fact]
    public void An_endpoint_may_want_none()
    {
        var none = ApiKey.FromEnvironment(null);
        Assert.False(none.IsGiven);
        Assert.Equal("none of them", none.Hide("none of them"));
    }
}
