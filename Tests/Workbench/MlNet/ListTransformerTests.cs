using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Workbench.MlNet;

namespace Tests.Workbench.MlNet;

public sealed class ListTransformerTests
{
    private static int[] Rank(RankingOptions options, int[] mentioned, int[] llm) => Ranked.Rows(new ListTransformer(6, options).Transform(Ranked.Queries(6, (mentioned, llm))))[0];

    [Fact]
    public void The_list_stays_as_it_is_with_its_repetitions_and_gaps() => Assert.Equal([4, 2, -1, 4], Rank(new RankingOptions(), [], [4, 2, -1, 4]));

    [Fact]
    public void What_was_mentioned_or_is_no_candidate_is_left_out()
    {
        Assert.Equal([4, -1], Rank(new RankingOptions(), [2, 0], [2, 4, -1, 2]));
        Assert.Equal([2, 4], Rank(new RankingOptions(ExcludeMentioned: false), [2], [2, 4]));
        Assert.Equal([4], Rank(new RankingOptions(Candidates: [true, true, false, true, true, true]), [], [2, 4]));
        Assert.Equal([3, 1], Rank(new RankingOptions(Top: 2), [0], [0, 3, 1, 2]));
        Assert.Empty(Rank(new RankingOptions(), [], []));
    }

    [Fact]
    public void Scores_fall_by_one_from_minus_one()
    {
        IDataView view = new ListTransformer(6, new RankingOptions()).Transform(Ranked.Queries(6, ([1], [5, 1, 3])));
        Assert.Equal([[-1f, -2f]], view.GetColumn<float[]>(ColumnNames.Scores));
    }
}
