using Evaluation;

namespace Tests.Evaluation;

public class RankingsTests
{
    [Fact]
    public void A_new_list_is_empty_and_complete()
    {
        var rankings = new Rankings(2, 3, 10);
        Assert.Equal([-1, -1, -1, -1, -1, -1], rankings.Items);
        Assert.Equal(0, rankings.LengthOf(1));
        Assert.True(rankings.IsComplete(1));
    }

    [Fact]
    public void A_list_is_complete_if_nothing_else_could_be_ranked()
    {
        var rankings = new Rankings(1, 3, 4);
        Assert.Equal(3, rankings.Fill(0, [1, 2, 3, 4], []));
        Assert.False(rankings.IsComplete(0));
        Assert.Equal(2, rankings.Fill(0, [1, 2, 3, 4], [0, 3]));
        Assert.Equal([2, 1, -1], rankings.ItemsOf(0).ToArray());
        Assert.Equal([3f, 2f, 0f], rankings.ScoresOf(0).ToArray());
        Assert.True(rankings.IsComplete(0));

        var all = new Rankings(1, 4, 4);
        all.Fill(0, [1, 2, 3, 4], []);
        Assert.True(all.IsComplete(0));
    }

    [Fact]
    public void A_list_knows_whether_its_end_cuts_a_tie()
    {
        var rankings = new Rankings(1, 2, 4);
        Assert.True(rankings.CutsTie[0]);
        rankings.Fill(0, [3, 2, 1, 0], []);
        Assert.False(rankings.CutsTie[0]);
        rankings.Fill(0, [3, 2, 2, 0], []);
        Assert.True(rankings.CutsTie[0]);
        rankings.Fill(0, [3, 2, 2, 0], [1]);
        Assert.False(rankings.CutsTie[0]);

        var ordered = new Rankings(1, 2, 4, withTieRanks: true);
        ordered.Fill(0, [3, 2, 2, 0], [], [0, 5, 4, 0]);
        Assert.Equal([0, 2], ordered.Items);
        Assert.Equal([0, 4], ordered.TieRanks!);
        Assert.False(ordered.CutsTie[0]);
        ordered.Fill(0, [3, 2, 2, 0], [], [0, 4, 4, 0]);
        Assert.True(ordered.CutsTie[0]);
    }

    [Fact]
    public void A_list_in_order_keeps_it_and_is_cut_at_the_depth()
    {
        var rankings = new Rankings(2, 3, 10);
        Assert.Equal(3, rankings.FillInOrder(0, [9, 1, 9, 4]));
        Assert.Equal(1, rankings.FillInOrder(1, [5]));
        Assert.Equal([9, 1, 9, 5, -1, -1], rankings.Items);
        Assert.Equal([-1f, -2f, -3f, -1f, 0f, 0f], rankings.Scores);
    }

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rankings(1, 0, 3));
        Assert.Throws<ArgumentException>(() => new Rankings(100_000_000, 100, 3));
        Assert.Throws<ArgumentException>(() => new Rankings(1, 2, 3).Fill(0, [1], []));
    }
}
