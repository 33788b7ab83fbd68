using Tests.Data;

namespace Tests.Workbench.Commands;

/// <summary><c>workbench explain</c>: lines, and nothing done.</summary>
public sealed class ExplainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_what_would_run_and_leaves_nothing()
    {
        File.WriteAllText(_folder["tiny.yaml"], RunCommandTests.Tiny + "trainers: auto\nsearch: { trials: 5, sampler: sobol }\n");
        Finished done = await ChildProgram.Run(_folder.Path, ["explain", "tiny.yaml", "--set", "jobs=3"]);
        Assert.Equal((0, ""), (done.Code, done.Errors));
        Assert.Contains("jobs: 3", done.Output, StringComparison.Ordinal);
        Assert.Contains("searched: trainer sasrec: 5 trials by sobol\n  loss: { choice: [bce, gbce, sampled-softmax, cross-entropy] }\n", done.Output, StringComparison.Ordinal);
        Assert.EndsWith("cost: no language model is asked: nothing to pay\n", done.Output, StringComparison.Ordinal);
        Assert.Equal(["tiny.yaml"], _folder.Files());
    }

    [Fact]
    public async Task Mistakes_are_told_with_their_line()
    {
        File.WriteAllText(_folder["tiny.yaml"], RunCommandTests.Tiny + "trainers: [item2vec: { dimension: { int: [64, 8] } }]\n");
        Finished done = await ChildProgram.Run(_folder.Path, ["explain", "tiny.yaml"]);
        Assert.Equal((2, ""), (done.Code, done.Output));
        Assert.StartsWith("tiny.yaml:7:42: `int` of `dimension` goes from 64 down to 8", done.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_asked_is_estimated()
    {
        File.WriteAllText(_folder["live.yaml"],
            """
            name: live
            task: conversation
            dataset: { synthetic: { users: 40, items: 30, ratings: 240, conversations: 20 } }
            llms: [some-model: { replies: live, base_url: "http://127.0.0.1:9", key_variable: null, prompt_price: 1, reply_price: 2, cache: cache.sqlite }]
            """);
        Finished done = await ChildProgram.Run(_folder.Path, ["explain", "live.yaml"]);
        Assert.Equal((0, ""), (done.Code, done.Errors));
        Assert.Matches("cost: some-model: [0-9,]+ turns, .* cost at most ", done.Output);
    }
}
