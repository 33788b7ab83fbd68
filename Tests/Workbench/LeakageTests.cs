using Baselines;
using Data;
using Data.Storage;
using Data.Synthetic;
using Tests.Data;
using Trainers;
using Trainers.Options;
using Workbench.Stages;

namespace Tests.Workbench;

/// <summary>What rows are judged on is never learned from: other answers, the same rankings.</summary>
public sealed class LeakageTests
{
    private static readonly SyntheticOptions Options = new() { Users = 200, Items = 120, Ratings = 4000, Conversations = 150 };

    /// <summary>Every baseline and trainer there is, short, and learning from all that its options offer.</summary>
    private static string ConversationRows(params string[] fitSplits) =>
        $"baselines: [{string.Join(", ", BaselineCatalog.All.All.Select(entry => Row(entry.Name, entry.OptionsType, fitSplits)))}]\n"
        + $"trainers: [{string.Join(", ", TrainerCatalog.All.All.Select(entry => Row(entry.Name, entry.OptionsType, fitSplits)))}]\n";

    private static string Row(string name, Type options, string[] fitSplits)
    {
        var given = new List<string>();
        foreach ((string option, string value) in (ReadOnlySpan<(string, string)>)[("dimension", "8"), ("iterations", "2"), ("epochs", "2")])
        {
            if (OptionSpecs.Find(options, option) is not null)
                given.Add($"{option}: {value}");
        }

        if (options.IsAssignableTo(typeof(SourceOptions)))
            given.Add("train_on: [ratings, conversations, both]");
        else if (options.IsAssignableTo(typeof(FitSplitOptions)))
            given.Add($"fit_split: [{string.Join(", ", fitSplits)}]");
        return given.Count == 0 ? name : $"{{ {name}: {{ {string.Join(", ", given)} }} }}";
    }

    [Fact]
    public void The_test_conversations_answers_change_no_ranking()
    {
        LinkedDataset dataset = SyntheticDataset.Generate(Options);
        LinkedDataset other = dataset with { Turns = WithOtherAnswers(dataset.Turns) };
        string yaml = $"name: small\ntask: conversation\ndataset: {{ path: . }}\n{SmallRun.Evaluation}\n{ConversationRows("auto", "train", "validation")}\n{SmallRun.Reranked}\n";
        AssertSameRankings(dataset, other, yaml, atLeast: 17 + 4);
    }

    [Fact]
    public void The_validation_conversations_answers_change_no_ranking_when_they_are_asked()
    {
        LinkedDataset dataset = SyntheticDataset.Generate(Options);
        LinkedDataset other = dataset with { Turns = WithOtherAnswers(WithOtherAnswers(dataset.Turns, Split.Validation)) };
        string rows = ConversationRows("auto", "train");
        string yaml = $"name: small\ntask: conversation\ndataset: {{ path: . }}\n{SmallRun.Evaluation.Replace("{ metrics", "{ split: validation, metrics", StringComparison.Ordinal)}\n{rows}\n{SmallRun.Reranked}\n";
        AssertSameRankings(dataset, other, yaml, atLeast: 16 + 4);
    }

    [Fact]
    public void The_last_ratings_change_no_ranking()
    {
        LinkedDataset dataset = SyntheticDataset.Generate(Options);
        LinkedDataset other = dataset with { Ratings = WithOtherLastItems(dataset.Ratings) };
        AssertSameRankings(dataset, other, SmallRun.NextItem.Replace($"synthetic: {SmallRun.Data}", "path: .", StringComparison.Ordinal), atLeast: 6);
    }

    [Fact]
    public void The_last_ratings_but_one_change_no_ranking_when_they_are_asked()
    {
        LinkedDataset dataset = SyntheticDataset.Generate(Options);
        LinkedDataset other = dataset with { Ratings = WithOtherLastItems(dataset.Ratings, back: 2) };
        string yaml = SmallRun.NextItem.Replace($"synthetic: {SmallRun.Data}", "path: .", StringComparison.Ordinal)
            .Replace("{ metrics", "{ split: validation, metrics", StringComparison.Ordinal)
            .Replace("trainers: [", "trainers: [{ sasrec: { dimension: 8, epochs: 4, patience: 1 } }, ", StringComparison.Ordinal);
        AssertSameRankings(dataset, other, yaml, atLeast: 7);
    }

    private static void AssertSameRankings(LinkedDataset one, LinkedDataset two, string yaml, int atLeast)
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<RowOutcome>[] outcomes = [.. new[] { one, two }.Select((dataset, i) =>
        {
            DatasetWriter.Write(dataset, folder[$"{i}"]);
            return SmallRun.Of(SmallRun.Read(yaml) with { Dataset = new() { Path = folder[$"{i}"] } }).Outcomes;
        })];
        int rows = outcomes[0].Count;
        Assert.True(rows >= atLeast, $"only {rows} rows");
        for (int i = 0; i < rows; i++)
        {
            (RowOutcome before, RowOutcome after) = (outcomes[0][i], outcomes[1][i]);
            Assert.Equal(before.Plan.Label, after.Plan.Label);
            Assert.Null(before.Row.Error);
            Assert.Equal(before.Lists!.Items, after.Lists!.Items);
            Assert.Equal(before.Lists.Scores, after.Lists.Scores);
        }

        // The answers did change: some row is worth something else.
        Assert.Contains(Enumerable.Range(0, rows), i =>
            outcomes[0][i].Row.Metrics.First().Value["ndcg@10"].Mean != outcomes[1][i].Row.Metrics.First().Value["ndcg@10"].Mean);
    }

    /// <summary>Each turn of the split gets the answer of another one, less what was mentioned.</summary>
    private static Turn[] WithOtherAnswers(IReadOnlyList<Turn> turns, Split split = Split.Test)
    {
        Turn[] asked = [.. turns.Where(turn => turn.Split == split)];
        int next = 0;
        return [.. turns.Select(turn => turn.Split != split ? turn : turn with { Targets = [.. asked[++next % asked.Length].Targets.Except(turn.Mentioned)], Repeated = [] })];
    }

    /// <summary>Pairs of users change their last items, or the ones before, where neither has the other's.</summary>
    private static Interactions WithOtherLastItems(Interactions ratings, int back = 1)
    {
        var items = ratings.Items.ToArray();
        for (int user = 0; user + 1 < ratings.UserCount; user += 2)
        {
            (int one, int two) = ((int)ratings.Offsets[user + 1] - back, (int)ratings.Offsets[user + 2] - back);
            if (Math.Min(ratings.CountOf(user), ratings.CountOf(user + 1)) >= 3 && !ratings.ItemsOf(user).Contains(items[two]) && !ratings.ItemsOf(user + 1).Contains(items[one]))
                (items[one], items[two]) = (items[two], items[one]);
        }

        return new Interactions(ratings.UserCount, ratings.ItemCount, ratings.Offsets, items, ratings.Columns.Ratings, ratings.Columns.Times);
    }
}
