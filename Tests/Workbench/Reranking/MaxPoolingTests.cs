using FsCheck;
using FsCheck.Fluent;
using Tests.Workbench.MlNet;
using Trainers;
using Workbench.Reranking;

namespace Tests.Workbench.Reranking;

public sealed class MaxPoolingTests
{
    private static float[]? Score(ItemEmbeddings embeddings, MaxPoolingOptions options, int[] llm, int[]? mentioned = null)
    {
        var scores = new float[embeddings.Count];
        return new MaxPooling(embeddings, options).TryScore(new Query(mentioned ?? [], llm, 0), scores) ? scores : null;
    }

    /// <summary>By the definition, in double: the maximum over the query's items with a vector; an item of the query is 1 to itself under cosine.</summary>
    private static double[]? Naive(ItemEmbeddings e, MaxPoolingOptions options, int[] llm, int[] mentioned)
    {
        int[] query = options.Query switch { PoolQuery.LlmList => llm, PoolQuery.Mentioned => mentioned, _ => [.. llm, .. mentioned] };
        int[] known = [.. query.Where(item => e[item].ContainsAnyExcept(0f))];
        if (known.Length == 0)
            return null;
        bool cosine = options.Similarity == Similarity.Cosine;
        double[] scores = [.. Enumerable.Range(0, e.Count).Select(j => cosine && query.Contains(j) ? 1 : known.Max(i => Similar(i, j)))];
        if (options.LlmFirst)
        {
            double top = scores.Max() + 1;
            foreach (int item in llm)
                scores[item] = top;
        }

        return scores;

        double Similar(int i, int j)
        {
            double dot = 0, a = 0, b = 0;
            for (int d = 0; d < e.Dimension; d++)
                (dot, a, b) = (dot + ((double)e[i][d] * e[j][d]), a + ((double)e[i][d] * e[i][d]), b + ((double)e[j][d] * e[j][d]));
            return !cosine ? dot : a == 0 || b == 0 ? 0 : dot / Math.Sqrt(a * b);
        }
    }

    [Fact]
    public void It_is_the_highest_similarity_to_any_item_of_the_query()
    {
        Gen<int> small = Gen.Choose(0, 1 << 20);
        Prop.ForAll(small.ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            int items = random.Next(1, 40), dimension = random.Next(1, 20);
            int[] Some() => [.. Enumerable.Range(0, items).OrderBy(_ => random.Next()).Take(random.Next(0, 8))];
            ItemEmbeddings embeddings = Vectors.Random(items, dimension, seed, Some());
            var options = new MaxPoolingOptions { Similarity = (Similarity)random.Next(2), Query = (PoolQuery)random.Next(3), LlmFirst = random.Next(2) == 0 };
            (int[] llm, int[] mentioned) = (Some(), Some());
            double[]? expected = Naive(embeddings, options, llm, mentioned);
            float[]? actual = Score(embeddings, options, llm, mentioned);
            Assert.Equal(expected is null, actual is null);
            for (int item = 0; item < items && expected is not null; item++)
                Assert.Equal(expected[item], actual![item], 1e-5);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Under_cosine_the_list_keeps_its_order_in_front_and_neighbours_follow()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            ItemEmbeddings embeddings = Vectors.Random(60, 8, seed, 5, 11);
            int[] llm = [41, 5, 17, 3, 58];
            int[] ranked = Ranked.Items(new MaxPooling(embeddings, new MaxPoolingOptions()), [], llm);
            Assert.Equal(llm, ranked[..5]);
            Assert.Equal(60, ranked.Length);
        }
    }

    [Fact]
    public void Rounding_never_puts_a_twin_before_the_list()
    {
        // Twins of the list's items, of other lengths: their cosine is 1 but for rounding.
        for (int seed = 0; seed < 200; seed++)
        {
            ItemEmbeddings one = Vectors.Random(6, 7, seed);
            float[] scaled = [.. one.Values.Select(x => x * 3.1f), .. one.Values];
            int[] ranked = Ranked.Items(new MaxPooling(new ItemEmbeddings(12, 7, scaled), new MaxPoolingOptions()), [], [9, 7, 11]);
            Assert.Equal([9, 7, 11], ranked[..3]);
        }
    }

    [Fact]
    public void An_item_of_the_list_is_1_to_itself_also_where_nothing_is_known_of_it()
    {
        float[] scores = Score(Vectors.Of([3, 0], [0, 0], [1, 1], [0, -2]), new MaxPoolingOptions(), [0, 1])!;
        Assert.Equal([1, 1, MathF.Sqrt(0.5f), 0], scores);
    }

    [Fact]
    public void The_dot_product_may_put_a_neighbour_before_the_list()
    {
        ItemEmbeddings embeddings = Vectors.Of([1, 0], [5, 1], [0, 1]);
        Assert.Equal([1, 5, 0], Score(embeddings, new MaxPoolingOptions { Similarity = Similarity.Dot }, [0])!);
        Assert.Equal([6, 5, 0], Score(embeddings, new MaxPoolingOptions { Similarity = Similarity.Dot, LlmFirst = true }, [0])!);
    }

    [Fact]
    public void The_query_is_the_list_what_was_mentioned_or_both()
    {
        ItemEmbeddings embeddings = Vectors.Of([1, 0], [0, 1], [-1, 0]);
        Assert.Equal([1, 0, -1], Score(embeddings, new MaxPoolingOptions { Query = PoolQuery.LlmList }, [0], [1])!);
        Assert.Equal([0, 1, 0], Score(embeddings, new MaxPoolingOptions { Query = PoolQuery.Mentioned }, [0], [1])!);
        Assert.Equal([1, 1, 0], Score(embeddings, new MaxPoolingOptions { Query = PoolQuery.Both }, [0], [1])!);
    }

    [Fact]
    public void A_query_without_a_known_item_is_the_fallbacks()
    {
        ItemEmbeddings embeddings = Vectors.Of([1, 0], [0, 0], [-1, 0]);
        Assert.Null(Score(embeddings, new MaxPoolingOptions(), []));
        Assert.Null(Score(embeddings, new MaxPoolingOptions(), [1]));
        Assert.Null(Score(embeddings, new MaxPoolingOptions { Query = PoolQuery.Both }, [1], [1]));
        Assert.NotNull(Score(embeddings, new MaxPoolingOptions { Query = PoolQuery.Both }, [1], [0]));
    }

    [Fact]
    public void It_leaves_the_embeddings_as_they_are()
    {
        ItemEmbeddings embeddings = Vectors.Random(9, 4, 1);
        var before = (float[])embeddings.Values.Clone();
        Score(embeddings, new MaxPoolingOptions(), [1, 2]);
        Assert.Equal(before, embeddings.Values);
    }
}
