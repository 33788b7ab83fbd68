using Workbench.Experiments;
using Workbench.Llm;

namespace Tests.Workbench.Llm;

/// <summary>Options of live models in an experiment file.</summary>
public sealed class LlmOptionChecksTests
{
    private static ExperimentFileResult Read(string options) => ExperimentFile.Parse(
        $"name: x\ntask: conversation\ndataset: {{ synthetic: {{}} }}\nllms:\n  - gpt-x: {{ {options} }}\n", "x.yaml", "/data", [], Catalogs.All);

    [Theory]
    [InlineData("replies: live, budget_money: 3", "`budget_money` needs `prompt_price` and `reply_price`")]
    [InlineData("replies: live, base_url: 'https://ann:secret@host/v1'", "without a name, password or query")]
    [InlineData("replies: live, base_url: 'https://host/v1?key=secret'", "without a name, password or query")]
    [InlineData("replies: live, base_url: 'host/v1'", "must be an address such as")]
    [InlineData("replies: live, base_url: 'https://host/v1/chat/completions'", "up to what comes before /chat/completions")]
    [InlineData("replies: live, key_variable: sk-secret", "`key_variable` is the name of an environment variable")]
    [InlineData("replies: live, matches: recorded", "live ones have none")]
    [InlineData("titles: 5", "`titles` has no effect on recorded replies: add `replies: live`, or drop it")]
    [InlineData("replies: live, concurrency: 0", "from 1 to 1024")]
    public void A_mistake_is_one_line_with_its_place_and_without_secrets(string options, string says)
    {
        FileError error = Assert.Single(Read(options).Errors);
        Assert.StartsWith("x.yaml:5:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_label_says_what_is_asked_and_not_how()
    {
        Configuration read = Assert.Single(Read("replies: live, base_url: 'http://localhost:1/v1', titles: 10, template: deep/prompt.txt, concurrency: 3, cache: c.sqlite, prompt_price: 1, reply_price: 2, budget_money: 3, key_variable: ~").Require().Llms);
        Assert.Equal("gpt-x (replies=live, template=prompt.txt, titles=10)", read.Label);
        var options = (LlmOptions)read.Options;
        Assert.Equal((Path.GetFullPath("/data/c.sqlite"), null), (options.Cache, options.KeyVariable));
    }

    [Fact]
    public void What_is_swept_is_in_the_label()
    {
        IReadOnlyList<Configuration> read = Read("replies: live, temperature: [0, 1], seed: ~").Require().Llms;
        Assert.Equal(["gpt-x (replies=live, temperature=0, seed=none)", "gpt-x (replies=live, temperature=1, seed=none)"], read.Select(llm => llm.Label));
    }
}
