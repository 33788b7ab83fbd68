using System.Text.Json;
using Tests.Data;

namespace Tests.Workbench.Commands;

public sealed class OtherCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<Finished> Run(params string[] arguments) => ChildProgram.Run(_folder.Path, arguments);

    [Fact]
    public async Task The_schema_is_json()
    {
        Finished done = await Run("schema");
        Assert.Equal((0, ""), (done.Code, done.Errors));
        using var json = JsonDocument.Parse(done.Output);
        Assert.True(json.RootElement.GetProperty("properties").TryGetProperty("baselines", out _));
    }

    [Fact]
    public async Task Doctor_says_which_ML_NET_is_in_use()
    {
        Finished done = await Run("doctor");
        Assert.Equal((0, ""), (done.Code, done.Errors));
        Assert.Matches("ML\\.NET: (bundled|Microsoft\\.ML) ", done.Output);
        Assert.Contains("machine: ", done.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Titles_in_titles_out()
    {
        Assert.Equal(0, (await Run("data", "synth", "--out", "made", "--users", "60", "--items", "40", "--ratings", "500", "--conversations", "20")).Code);
        string[] rows = File.ReadAllLines(_folder["made", "items.csv"]);
        string[] rated = [.. File.ReadAllLines(_folder["made", "interactions.csv"])[1..].Select(line => line.Split(',')[1]).GroupBy(id => id).OrderByDescending(group => group.Count()).Select(group => group.Key)];
        string[] item = rows.First(row => row.StartsWith(rated[0] + ",", StringComparison.Ordinal)).Split(',');
        string title = $"{item[1]} ({item[2]})";
        Finished done = await Run("recommend", "--data", "made", "--like", title, "--top", "5");
        Assert.Equal((0, ""), (done.Code, done.Errors));
        string[] lines = done.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"you like {title}", lines[0]);
        Assert.Equal(6, lines.Length);
        Assert.All(lines[1..], (line, i) => Assert.StartsWith($"  {i + 1}. ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(lines[1..], line => line.Contains(title, StringComparison.Ordinal));

        Finished prompted = await Run("recommend", "--data", "made", "--like", title, "--prompt", $"1. {title}", "--top", "2");
        Assert.Contains($"the prompt names {title}", prompted.Output, StringComparison.Ordinal);

        Refusal.Of(await Run("recommend", "--data", "made", "--like", "Zzyzx Qwfp (1900)"), "Zzyzx Qwfp");
        Refusal.Of(await Run("recommend", "--data", "nowhere", "--like", title), "nowhere");
        Finished none = await Run("recommend", "--data", "made", "--like", title, "--top", "0");
        Assert.Equal(2, none.Code);
        Assert.Contains("--top", none.Errors, StringComparison.Ordinal);

        string unknown = string.Join(',', rows[1..].Select(row => row.Split(',')).First(fields => !rated.Contains(fields[0]))[1..3]);
        Finished nothing = await Run("recommend", "--data", "made", "--like", $"{unknown.Split(',')[0]} ({unknown.Split(',')[1]})");
        Refusal.Of(nothing, "nobody rated");
    }

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("run", "a", "b")]
    [InlineData("link", "--ratings", "x")]
    [InlineData("data", "synth", "--out", "x", "--threads", "0")]
    [InlineData("recommend")]
    public async Task What_it_cannot_understand_is_the_users_mistake(params string[] arguments)
    {
        Finished done = await Run(arguments);
        Assert.Equal(2, done.Code);
        Assert.DoesNotContain("   at ", done.Output + done.Errors, StringComparison.Ordinal);
        Assert.NotEmpty(done.Errors);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task Help_and_version_are_no_mistakes()
    {
        foreach (string argument in (string[])["--help", "--version"])
        {
            Finished done = await Run(argument);
            Assert.Equal((0, ""), (done.Code, done.Errors));
            Assert.NotEmpty(done.Output);
        }
    }
}
