using Tests.Workbench.MlNet;
using Trainers;
using Workbench.MlNet;
using Workbench.Reranking;

namespace Tests.Workbench.Reranking;

public sealed class ReciprocalRankFusionTests
{
    /// <summary>Items 0 to 4 on a quarter circle: the nearest to item 0 are 1, 2, 3, 4 in this order.</summary>
    private static readonly ItemEmbeddings Arc = Vectors.Of([1, 0], [0.9f, 0.3f], [0.7f, 0.7f], [0.3f, 0.9f], [0, 1]);

    private static float[]? Score(ReciprocalRankFusionOptions options, float[] popularity, int[] llm, int[] mentioned)
    {
        var scores = new float[popularity.Length];
        return new ReciprocalRankFusion(Arc, popularity, options).TryScore(new Query(mentioned, llm, 0), scores) ? scores : null;
    }

    [Fact]
    public void Three_rankings_are_added_as_worked_by_hand()
    {
        // The list: 2, 0. By similarity to 2 and 0: both are 1 and in the list's order, then 1 (0.949 to 0), 3 (0.894 to 2), 4. Popularity: 4, then 0 and 3, then 1 and 2.
        float[] scores = Score(new ReciprocalRankFusionOptions { K = 10, Query = PoolQuery.LlmList }, [5, 1, 1, 5, 9], [2, 0], [])!;
        double[] expected =
        [
            (1 / 12.0) + (1 / 12.0) + (1 / 12.0),
            (1 / 13.0) + (1 / 14.0),
            (1 / 11.0) + (1 / 11.0) + (1 / 14.0),
            (1 / 14.0) + (1 / 12.0),
            (1 / 15.0) + (1 / 11.0),
        ];
        Assert.Equal(expected.Select(score => Math.Round(score, 6)), scores.Select(score => Math.Round(score, 6)));
    }

    [Fact]
    public void A_ranking_without_weight_says_nothing()
    {
        float[] popularity = [1, 2, 3, 4, 5];
        Assert.Equal([0, 0, 1 / 61f, 0, 0], Score(new ReciprocalRankFusionOptions { PoolWeight = 0, PopularityWeight = 0 }, popularity, [2], [])!);
        Assert.Equal([1 / 65f, 1 / 64f, 1 / 63f, 1 / 62f, 1 / 61f], Score(new ReciprocalRankFusionOptions { PoolWeight = 0, LlmWeight = 0 }, popularity, [2], [])!);
        Assert.Equal([1 / 61f, 1 / 62f, 0, 0, 0], Score(new ReciprocalRankFusionOptions { LlmWeight = 0, PopularityWeight = 0, Depth = 2 }, popularity, [], [0])!);
    }

    [Fact]
    public void Without_a_list_the_mentioned_items_and_popularity_give_one()
    {
        var scorer = new ReciprocalRankFusion(Arc, [1, 2, 3, 4, 9], new ReciprocalRankFusionOptions { Query = PoolQuery.LlmList, K = 1, PopularityWeight = 0.5 });
        Assert.Equal([1, 4, 2, 3], Ranked.Items(scorer, [0], []));

        // Where nothing was mentioned either, the fallback does.
        Assert.Empty(Ranked.Items(scorer, [], []));
        Assert.Equal([4, 3, 2, 1, 0], Ranked.Items(new RankingTransformer(scorer, new RankingOptions(Fallback: [1, 2, 3, 4, 9])), [], [], 5));
    }

    [Fact]
    public void Items_without_a_vector_keep_the_models_order()
    {
        ItemEmbeddings none = Vectors.Of([0, 0], [0, 0], [0, 0]);
        Assert.Equal([2, 0, 1], Ranked.Items(new ReciprocalRankFusion(none, [0, 0, 0], new ReciprocalRankFusionOptions()), [], [2, 0]));
    }

    [Fact]
    public void Popularity_of_other_items_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ReciprocalRankFusion(Arc, [1, 2], new ReciprocalRankFusionOptions()));
}
