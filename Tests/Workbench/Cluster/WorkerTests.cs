using Tests.Workbench.Commands;
using Workbench.Cluster;
using Workbench.Stages;
using Workbench.Studies;

namespace Tests.Workbench.Cluster;

public sealed class WorkerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IReadOnlyList<TrialRecord> Kept()
    {
        using SqliteTrialStore store = SqliteTrialStore.Open(Study.PathOf(Path.Combine(_folder, "studies"), "tiny"));
        return store.Done();
    }

    [Fact]
    public void Who_did_a_trial_is_noted_beside_what_came_of_it()
    {
        var facts = new RowFacts(3, "ratings", []);
        TrialRecord trial = Worker.Note(new TrialRecord("k", TrialRecord.Row, "l", null, null, 1, null, facts.ToJson()), "slurm 12_3");
        Assert.Equal("slurm 12_3", Worker.Of(trial));
        Assert.Equal((3, "ratings"), (RowFacts.Of(trial).Fallbacks, RowFacts.Of(trial).LearnedFrom));
        Assert.Null(Worker.Of(trial with { Facts = "{}" }));
    }

    [Fact]
    public async Task A_small_worker_leaves_what_is_too_large_and_a_greater_one_does_it()
    {
        File.WriteAllText(Path.Combine(_folder, "tiny.yaml"),
            """
            name: tiny
            task: next-item
            dataset: { synthetic: { users: 60, items: 40, ratings: 500, conversations: 0 } }
            evaluation: { cutoffs: [5], depth: 10, bootstrap: 0 }
            baselines: [random, ease: { lambda: { log: [1, 100] } }]
            search: { trials: 3 }
            """);
        Finished small = await ChildProgram.Run(_folder, "worker", "--study", "tiny", "--begin", "tiny.yaml", "--at-most", "1MB", "--set", "jobs=2");
        Assert.Equal(75, small.Code);
        Assert.Matches("^workbench: [0-9] trials? needs? more memory than 1MB: they are left to workers with more$", small.ErrorLines[^1]);
        Assert.Empty(Kept());

        Finished greater = await ChildProgram.Run(_folder, "worker", "--study", "tiny", "--at-most", "4GB");
        Assert.True(greater.Code == 0, greater.Errors);
        Assert.Equal(5, Kept().Count);
        Assert.Matches("(?m)^[0-9a-f]{8} done, [0-9.]+ s: search ease", greater.Errors);

        Finished wrong = await ChildProgram.Run(_folder, "worker", "--study", "tiny", "--at-most", "much");
        Assert.Equal(2, wrong.Code);
        Assert.Contains("an amount of memory", wrong.Errors, StringComparison.Ordinal);
        Finished other = await ChildProgram.Run(_folder, [("DOTNET_EnableHWIntrinsic", "0")], "worker", "--study", "tiny");
        Assert.Equal(2, other.Code);
        Assert.Contains("this machine computes with", other.ErrorLines[^1], StringComparison.Ordinal);
    }
}
