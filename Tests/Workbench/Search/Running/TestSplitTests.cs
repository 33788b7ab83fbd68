using Data;
using Data.Synthetic;
using Trainers;
using Workbench.Search.Running;
using Workbench.Stages;

namespace Tests.Workbench.Search.Running;

/// <summary>What is in the test split has no say in what is chosen.</summary>
public sealed class TestSplitTests
{
    private const string Searches =
        """
        baselines: [ease: { lambda: { log: [1, 1000] } }]
        trainers: [matrix-factorization: { dimension: 4, iterations: 3, regularization: { log: [0.001, 0.1] }, unobserved_weight: { log: [0.01, 2] } }]
        search: { trials: 6, parallel: 2 }
        """;

    private static string Searched(LinkedDataset dataset, string yaml)
    {
        SearchedExperiment searched = new SearchStage(SmallRun.Read(yaml), new LoadedDataset(dataset, []), SmallRun.Context()).Run();
        return string.Join('\n', searched.Histories.Select(history => System.Text.Json.JsonSerializer.Serialize(
            history with { Trials = [.. history.Trials.Select(trial => trial with { Seconds = 0, FinishedAfter = 0 })] })));
    }

    [Fact]
    public void Each_users_last_item_can_be_any_without_another_search()
    {
        LinkedDataset dataset = SyntheticDataset.Generate(new SyntheticOptions { Users = 150, Items = 90, Ratings = 3000, Conversations = 0, Seed = 5 }, TestContext.Current.CancellationToken);
        string yaml = $"name: a\ntask: next-item\ncatalogue: all\ndataset: {{ synthetic: {{}} }}\n{Searches}\n";
        string expected = Searched(dataset, yaml);
        Assert.Contains("\"Chosen\":", expected, StringComparison.Ordinal);

        // By time: the last interaction of each user becomes one of another item; a control changes the one before, the validation item.
        Assert.Equal(expected, Searched(dataset with { Ratings = WithOther(dataset.Ratings, 1) }, yaml));
        Assert.NotEqual(expected, Searched(dataset with { Ratings = WithOther(dataset.Ratings, 2) }, yaml));
    }

    [Fact]
    public void Test_conversations_can_be_any_without_another_search()
    {
        LinkedDataset dataset = SyntheticDataset.Generate(new SyntheticOptions { Users = 150, Items = 90, Ratings = 3000, Conversations = 120, Seed = 5 }, TestContext.Current.CancellationToken);
        string yaml = $"name: a\ntask: conversation\ncatalogue: all\ndataset: {{ synthetic: {{}} }}\n{Searches}\n";
        string expected = Searched(dataset, yaml);
        Assert.Equal(expected, Searched(Without(dataset, Split.Test), yaml));
        Assert.NotEqual(expected, Searched(Without(dataset, Split.Validation), yaml));
    }

    private static LinkedDataset Without(LinkedDataset dataset, Split split) => dataset with
    {
        Turns = [.. dataset.Turns.Select(turn => turn.Split == split ? turn with { Targets = [.. turn.Targets.Select(item => (item + 1) % dataset.Items.Count)], Mentioned = [] } : turn)],
    };

    /// <summary>The item of each user's <paramref name="fromEnd"/>-th last interaction becomes another one that the user does not have.</summary>
    private static Interactions WithOther(Interactions ratings, int fromEnd)
    {
        int[] items = ratings.Items.ToArray();
        for (int user = 0; user < ratings.UserCount; user++)
        {
            int start = (int)ratings.Offsets[user], count = ratings.CountOf(user);
            if (count < 4)
                continue;
            int[] byTime = [.. Enumerable.Range(start, count).OrderBy(at => ratings.Times[at]).ThenBy(at => at)];
            HashSet<int> mine = [.. items[start..(start + count)]];
            items[byTime[^fromEnd]] = Enumerable.Range(0, ratings.ItemCount).First(item => !mine.Contains((item + user) % ratings.ItemCount)) is var free ? (free + user) % ratings.ItemCount : 0;
        }

        return new Interactions(ratings.UserCount, ratings.ItemCount, ratings.Offsets.ToArray(), items, ratings.Ratings.ToArray(), ratings.Times.ToArray());
    }
}
