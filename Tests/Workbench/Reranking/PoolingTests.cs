using FsCheck;
using FsCheck.Fluent;
using Trainers;
using Workbench.Reranking;

namespace Tests.Workbench.Reranking;

/// <summary>Mean, sum, softmax and rank-weighted pooling beside their definitions in double.</summary>
public sealed class PoolingTests
{
    private static readonly (string Name, Func<ItemEmbeddings, PoolingOptions, IQueryScorer> Make, Func<PoolingOptions> Options)[] Kinds =
    [
        ("mean", (e, o) => LinearPooling.Mean(e, (MeanPoolingOptions)o), () => new MeanPoolingOptions()),
        ("sum", (e, o) => LinearPooling.Sum(e, (SumPoolingOptions)o), () => new SumPoolingOptions()),
        ("rank", (e, o) => LinearPooling.Rank(e, (RankPoolingOptions)o), () => new RankPoolingOptions { Decay = 0.7 }),
        ("softmax", (e, o) => new SoftmaxPooling(e, (SoftmaxPoolingOptions)o), () => new SoftmaxPoolingOptions { Temperature = 0.3 }),
    ];

    private static float[]? Score(IQueryScorer scorer, int[] llm, int[] mentioned)
    {
        var scores = new float[scorer.ItemCount];
        return scorer.TryScore(new Query(mentioned, llm, 0), scores) ? scores : null;
    }

    private static double[]? Naive(string kind, ItemEmbeddings e, PoolingOptions options, int[] llm, int[] mentioned)
    {
        bool Known(int item) => e[item].ContainsAnyExcept(0f);
        int[] list = options.Query == PoolQuery.Mentioned ? [] : llm, said = options.Query == PoolQuery.LlmList ? [] : mentioned;
        if (!list.Concat(said).Any(Known))
            (list, said) = options.WithoutList == ListSubstitute.Mentioned ? (list, mentioned) : ([], []);
        if (!list.Concat(said).Any(Known))
            return null;
        double Place(int place) => kind == "rank" ? Math.Pow(place, -0.7) : 1;
        (int Item, double Weight)[] Weighted(int[] items, Func<int, int> place)
        {
            double total = kind == "sum" ? 1 : items.Select((item, i) => Known(item) ? Place(place(i)) : 0).Sum();
            double sources = kind == "sum" ? 1 : (list.Any(Known) ? 1 : 0) + (said.Any(Known) ? 1 : 0);
            return [.. items.Select((item, i) => (item, total == 0 ? 0 : Place(place(i)) / total / sources))];
        }

        (int Item, double Weight)[] all = [.. Weighted(list, i => i + 1), .. Weighted(said, i => said.Length - i)];
        double[] scores = [.. Enumerable.Range(0, e.Count).Select(j =>
        {
            (double Weight, double Similarity)[] pairs = [.. all.Where(w => Known(w.Item) || (w.Item == j && options.Similarity == Similarity.Cosine)).Select(w => (w.Weight, Similar(w.Item, j)))];
            if (kind != "softmax")
                return pairs.Sum(pair => pair.Weight * pair.Similarity);
            double most = pairs.Max(pair => pair.Similarity), total = pairs.Sum(pair => Math.Exp((pair.Similarity - most) / 0.3));
            return pairs.Sum(pair => Math.Exp((pair.Similarity - most) / 0.3) * pair.Similarity) / total;
        })];
        if (options.LlmFirst && llm.Length > 0)
        {
            double top = scores.Max() + 1;
            foreach (int item in llm)
                scores[item] = top;
        }

        return scores;

        double Similar(int i, int j)
        {
            if (options.Similarity == Similarity.Cosine && i == j)
                return 1;
            double dot = 0, a = 0, b = 0;
            for (int d = 0; d < e.Dimension; d++)
                (dot, a, b) = (dot + ((double)e[i][d] * e[j][d]), a + ((double)e[i][d] * e[i][d]), b + ((double)e[j][d] * e[j][d]));
            return options.Similarity == Similarity.Dot ? dot : a == 0 || b == 0 ? 0 : dot / Math.Sqrt(a * b);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_score_is_as_defined(int kind)
    {
        (string name, Func<ItemEmbeddings, PoolingOptions, IQueryScorer> make, Func<PoolingOptions> options) = Kinds[kind];
        Prop.ForAll(Gen.Choose(0, 1 << 20).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            int items = random.Next(1, 40), dimension = random.Next(1, 20);
            int[] Some(int most) => [.. Enumerable.Range(0, items).OrderBy(_ => random.Next()).Take(random.Next(0, most))];
            ItemEmbeddings embeddings = Vectors.Random(items, dimension, seed, Some(8));
            PoolingOptions chosen = options() with
            {
                Similarity = (Similarity)random.Next(2), Query = (PoolQuery)random.Next(3), LlmFirst = random.Next(3) == 0, WithoutList = (ListSubstitute)random.Next(2),
            };
            (int[] llm, int[] mentioned) = (Some(20), Some(5));
            double[]? expected = Naive(name, embeddings, chosen, llm, mentioned);
            float[]? actual = Score(make(embeddings, chosen), llm, mentioned);
            Assert.Equal(expected is null, actual is null);
            for (int item = 0; item < items && expected is not null; item++)
                Assert.Equal(expected[item], actual![item], 2e-5 * (1 + Math.Abs(expected[item])));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Softmax_is_max_when_cold_and_mean_when_hot()
    {
        ItemEmbeddings embeddings = Vectors.Random(50, 6, seed: 2);
        int[] llm = [3, 9, 27, 40];
        float[] cold = Score(new SoftmaxPooling(embeddings, new SoftmaxPoolingOptions { Temperature = 0.001 }), llm, [])!;
        float[] hot = Score(new SoftmaxPooling(embeddings, new SoftmaxPoolingOptions { Temperature = 1000 }), llm, [])!;
        float[] max = Score(new MaxPooling(embeddings, new MaxPoolingOptions()), llm, [])!, mean = Score(LinearPooling.Mean(embeddings, new MeanPoolingOptions()), llm, [])!;
        for (int item = 0; item < 50; item++)
        {
            Assert.Equal(max[item], cold[item], 1e-2);
            Assert.Equal(mean[item], hot[item], 1e-3);
        }
    }

    [Fact]
    public void A_long_list_does_not_drown_out_what_was_mentioned_in_a_mean_but_in_a_sum()
    {
        ItemEmbeddings embeddings = Vectors.Of([1, 0], [1, 0], [1, 0], [0, 1], [0.8f, 0.6f], [0.6f, 0.8f]);
        int[] llm = [0, 1, 2], mentioned = [3];
        float[] mean = Score(LinearPooling.Mean(embeddings, new MeanPoolingOptions { Query = PoolQuery.Both }), llm, mentioned)!;
        float[] sum = Score(LinearPooling.Sum(embeddings, new SumPoolingOptions { Query = PoolQuery.Both }), llm, mentioned)!;
        Assert.Equal(mean[4], mean[5], 1e-6);
        Assert.True(sum[4] > sum[5]);
    }

    [Fact]
    public void The_models_first_item_and_the_last_mentioned_weigh_most()
    {
        ItemEmbeddings embeddings = Vectors.Of([1, 0], [0, 1], [0.8f, 0.6f], [0.6f, 0.8f]);
        float[] named = Score(LinearPooling.Rank(embeddings, new RankPoolingOptions()), [0, 1], [])!;
        float[] said = Score(LinearPooling.Rank(embeddings, new RankPoolingOptions { Query = PoolQuery.Mentioned }), [], [0, 1])!;
        Assert.True(named[2] > named[3]);
        Assert.True(said[2] < said[3]);
    }

    [Fact]
    public void Where_the_model_names_nothing_the_mentioned_items_stand_in()
    {
        ItemEmbeddings embeddings = Vectors.Of([1, 0], [0, 1], [-1, 0]);
        Assert.Equal([1, 0, -1], Score(LinearPooling.Mean(embeddings, new MeanPoolingOptions()), [], [0])!);
        Assert.Equal([1, 0, -1], Score(new MaxPooling(embeddings, new MaxPoolingOptions { WithoutList = ListSubstitute.Mentioned }), [], [0])!);
        Assert.Null(Score(new MaxPooling(embeddings, new MaxPoolingOptions()), [], [0]));
        Assert.Null(Score(LinearPooling.Mean(embeddings, new MeanPoolingOptions()), [], []));
    }

    /// <summary>The paper's reranker ranks as it did when this was written down, before its scores were computed in blocks.</summary>
    [Fact]
    public void Max_pool_ranks_as_ever()
    {
        var random = new global::Trainers.Sampling.SplitMix64(11);
        var values = new float[60 * 16];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)random.NextGaussian();
        var embeddings = new ItemEmbeddings(60, 16, values);
        Assert.Equal(GoldenRankings.Cosine, MlNet.Ranked.Items(new MaxPooling(embeddings, new MaxPoolingOptions()), [5], [41, 7, 3, 58])[..15]);
        Assert.Equal(GoldenRankings.Dot, MlNet.Ranked.Items(new MaxPooling(embeddings, new MaxPoolingOptions { Similarity = Similarity.Dot, Query = PoolQuery.Both }), [5], [41, 7, 3, 58])[..15]);
    }
}
