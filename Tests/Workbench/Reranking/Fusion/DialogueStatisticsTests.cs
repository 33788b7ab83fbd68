using Workbench.Reranking.Fusion;
using Workbench.Reranking.Fusion.Statistics;

namespace Tests.Workbench.Reranking.Fusion;

public sealed class DialogueStatisticsTests
{
    private static readonly FittingTurn[] Turns =
    [
        new("a", "Seeker: a robot film", [0], [1, 2], []),
        new("a", "Seeker: a robot film\nRecommender: x\nSeeker: and sad robots", [0, 1, 2], [3], []),
        new("b", "Seeker: robots", [], [1], []),
        new("c", "Seeker: nothing", [1, 0], [], []),
    ];

    private static DialogueStatistics Of(params FittingTurn[] turns) => DialogueStatistics.Of(DialogueFacts.Of(turns), 5);

    [Fact]
    public void Dialogues_are_counted_not_turns()
    {
        DialogueStatistics counts = Of(Turns);
        Assert.Equal(3, counts.Dialogues);
        Assert.Equal([0, 2, 1, 1, 0], counts.Recommended);
        Assert.Equal([2, 3, 1, 1, 0], counts.Occurring);
        Assert.Equal([1, 2, 3], counts.Together.Items(0).ToArray());
        Assert.Equal([2, 1, 1], counts.Together.Counts(0).ToArray());
        Assert.Equal([3], counts.Following.Items(1).ToArray());
        Assert.Equal([1, 2, 3], counts.Following.Items(0).ToArray());
    }

    [Fact]
    public void A_word_knows_what_was_recommended_after_it()
    {
        Assert.Equal(2, Of(Turns).Said("robot", out ReadOnlySpan<int> items, out ReadOnlySpan<float> counts));
        Assert.Equal([1, 2, 3], items.ToArray());
        Assert.Equal([2, 1, 1], counts.ToArray());
        Assert.Equal(0, Of(Turns).Said("unheard", out items, out counts));
        Assert.True(items.IsEmpty && counts.IsEmpty);
    }

    [Fact]
    public void Together_is_the_same_both_ways()
    {
        DialogueStatistics counts = Of(Turns);
        for (int one = 0; one < 5; one++)
        {
            for (int i = 0; i < counts.Together.Items(one).Length; i++)
            {
                int other = counts.Together.Items(one)[i], back = counts.Together.Items(other).IndexOf(one);
                Assert.Equal(counts.Together.Counts(one)[i], counts.Together.Counts(other)[back]);
            }
        }
    }

    [Fact]
    public void No_dialogues_say_nothing()
    {
        DialogueStatistics counts = Of();
        Assert.Equal(0, counts.Dialogues);
        Assert.Empty(counts.Spoken.Similarities(["s robot"]));
        Assert.All(counts.Recommended, count => Assert.Equal(0, count));
        Assert.True(counts.Together.Items(4).IsEmpty);
    }

    [Fact]
    public void A_dialogue_has_one_fold_whatever_the_order_of_turns()
    {
        string[] conversations = [.. Enumerable.Range(0, 101).Select(i => $"dialogue {i % 37}")];
        var folds = new DialogueFolds(conversations, 5, 9);
        var reversed = new DialogueFolds(conversations.Reverse(), 5, 9);
        Assert.All(conversations, id => Assert.Equal(folds.Of(id), reversed.Of(id)));
        int[] sizes = [.. Enumerable.Range(0, 5).Select(fold => conversations.Distinct().Count(id => folds.Of(id) == fold))];
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        Assert.Equal(-1, folds.Of("unknown"));
        Assert.Contains(conversations, id => folds.Of(id) != new DialogueFolds(conversations, 5, 10).Of(id));
    }
}
