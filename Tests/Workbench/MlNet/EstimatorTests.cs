using Baselines;
using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Tests.Trainers;
using Tests.Workbench.Reranking;
using Trainers;
using Workbench.MlNet;
using Workbench.Reranking;

namespace Tests.Workbench.MlNet;

/// <summary>Estimators: shapes, what they read, and what they refuse.</summary>
public sealed class EstimatorTests
{
    private static readonly MLContext Ml = new(seed: 1);

    private static readonly MatrixFactorizationOptions Short = new() { Dimension = 4, Iterations = 2 };

    private static ItemEmbeddingEstimator Embedding() => new(new MatrixFactorization(Short), new TrainingRun());

    private static BaselineEstimator Baseline() => new(new MostPopular(new MostPopularOptions()), new TrainingRun(), new RankingOptions());

    private static RerankEstimator Rerank() => new(new MaxPooling(Vectors.Random(40, 3, 1), new MaxPoolingOptions()), new RankingOptions());

    /// <summary>The columns of a shape, in words.</summary>
    private static string[] Words(SchemaShape shape) => [.. shape.Select(c =>
        $"{c.Name} {c.Kind} {(c.IsKey ? "key" : c.ItemType.ToString())} {string.Join("+", c.Annotations.Select(a => a.Name))}".TrimEnd())];

    [Fact]
    public void The_shape_says_what_fitting_gives()
    {
        IDataView interactions = Appending.Interactions(), queries = Appending.Of("ranking").Input;
        foreach ((IEstimator<ITransformer> estimator, IDataView view) in ((IEstimator<ITransformer>, IDataView)[])[(Embedding(), interactions), (Rerank(), queries)])
        {
            SchemaShape expected = SchemaShapes.Of(estimator.Fit(view).GetOutputSchema(view.Schema));
            Assert.Equal(Words(expected), Words(estimator.GetOutputSchema(SchemaShapes.Of(view.Schema))));
        }
    }

    [Fact]
    public void A_baseline_fits_interactions_and_ranks_queries()
    {
        IDataView interactions = Appending.Interactions(), queries = Appending.Of("ranking").Input;
        Interactions read = Planted.Interactions(50, 40, seed: 3);
        int[] counts = read.CountItems();
        int[] first = Ranked.Rows(Baseline().Fit(interactions).Transform(queries))[0];
        Assert.Equal(first.Select(item => counts[item]).OrderDescending(), first.Select(item => counts[item]));
        Assert.Contains("RankedItems VariableVector key KeyValues", Words(Baseline().GetOutputSchema(SchemaShapes.Of(interactions.Schema))));
    }

    [Fact]
    public void A_shape_without_its_columns_is_refused_before_anything_is_read()
    {
        SchemaShape interactions = SchemaShapes.Of(Appending.Interactions().Schema), queries = SchemaShapes.Of(Appending.Of("ranking").Input.Schema);
        Assert.Throws<ArgumentOutOfRangeException>(() => Embedding().GetOutputSchema(queries));
        Assert.Throws<ArgumentOutOfRangeException>(() => Baseline().GetOutputSchema(queries));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rerank().GetOutputSchema(interactions));
        IDataView turns = Appending.Of("ranking").Input;
        IDataView texts = Ml.Transforms.CopyColumns(ColumnNames.Mentioned, ColumnNames.Turn).Fit(turns).Transform(turns);
        Assert.Throws<ArgumentOutOfRangeException>(() => Rerank().GetOutputSchema(SchemaShapes.Of(texts.Schema)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rerank().Fit(texts));
    }

    [Fact]
    public void Embeddings_learn_what_the_trainer_learns_and_join_by_key()
    {
        IDataView interactions = Appending.Interactions();
        ItemEmbeddingTransformer model = Embedding().Fit(interactions);
        ItemEmbeddings expected = new MatrixFactorization(Short).Train(Planted.Interactions(50, 40, seed: 3), new TrainingRun());
        Assert.Equal(expected.Values, model.Embeddings.Values);
        Assert.Equal(0, model.MissingRows);
        IDataView view = model.Transform(interactions);
        Assert.Equal("Embedding: Vector<Single, 4>", view.Schema[ColumnNames.Embedding].ToString());
        foreach ((uint item, float[] vector) in view.GetColumn<uint>(ColumnNames.Item).Zip(view.GetColumn<float[]>(ColumnNames.Embedding)))
            Assert.Equal(expected[(int)item - 1].ToArray(), vector);
    }

    /// <summary>Keeps what it is told.</summary>
    private sealed class Listener : IItemEmbeddingTrainer
    {
        public int[] Validation { get; private set; } = [];

        public ItemEmbeddings Train(Interactions interactions, TrainingRun run)
        {
            Validation = run.Validation.ToArray();
            return new ItemEmbeddings(interactions.ItemCount, 1, new float[interactions.ItemCount]);
        }
    }

    [Fact]
    public void A_validation_view_gives_each_user_the_first_of_the_later_items()
    {
        Interactions train = Planted.Interactions(50, Appending.Items, seed: 3), later = Planted.Interactions(50, Appending.Items, seed: 9);
        IDataView View(Interactions interactions) => DatasetViews.OfInteractions(interactions, [.. Enumerable.Range(0, 50).Select(user => $"u{user}")], Ranked.Items(Appending.Items));
        var listener = new Listener();
        var estimator = new ItemEmbeddingEstimator(listener, new TrainingRun());
        estimator.Fit(View(train), View(later));
        Assert.Equal(Enumerable.Range(0, 50).Select(user => later.CountOf(user) == 0 ? -1 : later.ItemsOf(user)[0]), listener.Validation);
        estimator.Fit(View(train));
        Assert.Empty(listener.Validation);
        Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(View(train), Appending.Interactions(51)));
    }

    private sealed class Rating
    {
        public string User { get; set; } = "";

        public string Item { get; set; } = "";
    }

    [Fact]
    public void Peoples_own_tables_of_texts_are_learned_from()
    {
        // A lazy table of unknown length, without ratings and times; two rows lack a user or an item.
        static IEnumerable<Rating> Rows()
        {
            foreach ((string user, string item) in new[] { ("ann", "x"), ("ann", "y"), ("bob", "x"), ("", "x"), ("bob", ""), ("cid", "y"), ("cid", "z") })
                yield return new Rating { User = user, Item = item };
        }

        IDataView table = Ml.Data.LoadFromEnumerable(Rows());
        var chain = Ml.Transforms.Conversion.MapValueToKey(ColumnNames.User).Append(Ml.Transforms.Conversion.MapValueToKey(ColumnNames.Item)).Append(Embedding());
        TransformerChain<ItemEmbeddingTransformer> model = chain.Fit(table);
        Assert.Equal(2, model.LastTransformer!.MissingRows);
        Assert.Equal(3, model.LastTransformer.Embeddings.Count);
        float[][] vectors = [.. model.Transform(table).GetColumn<float[]>(ColumnNames.Embedding)];
        Assert.Equal(7, vectors.Length);
        Assert.Equal(vectors[0], vectors[2]);
        Assert.NotEqual(vectors[0], vectors[1]);
        Assert.Equal(new float[4], vectors[4]);
    }

    [Fact]
    public void Interactions_are_taken_as_they_are_and_read_back_row_by_row_the_same()
    {
        Interactions expected = Planted.Interactions(50, 40, seed: 3);
        IDataView view = Appending.Interactions(), other = Ml.Transforms.CopyColumns("Copy", ColumnNames.Rating).Fit(view).Transform(view);
        Assert.Same(((InteractionsView)view).Interactions, InteractionReader.Read(view, 2, out _));
        Assert.NotSame(((InteractionsView)view).Interactions, InteractionReader.Read(other, 2, out _));
        foreach (IDataView one in (IDataView[])[view, other])
        {
            Interactions actual = InteractionReader.Read(one, 2, out long missing);
            Assert.Equal(0, missing);
            Assert.Equal((expected.UserCount, expected.ItemCount), (actual.UserCount, actual.ItemCount));
            Assert.Equal(expected.Offsets, actual.Offsets);
            Assert.Equal(expected.Items, actual.Items);
            Assert.Equal(expected.Ratings, actual.Ratings);
            Assert.Equal(expected.Times, actual.Times);
        }
    }

    [Fact]
    public void Columns_of_other_types_are_named()
    {
        IDataView view = Appending.Interactions();
        foreach (string name in (string[])[ColumnNames.User, ColumnNames.Item, ColumnNames.Rating, ColumnNames.Timestamp])
        {
            string other = name == ColumnNames.Rating ? ColumnNames.Timestamp : ColumnNames.Rating;
            IDataView wrong = Ml.Transforms.CopyColumns(name, other).Fit(view).Transform(view);
            Assert.Contains($"'{name}'", Assert.Throws<ArgumentOutOfRangeException>(() => InteractionReader.Read(wrong, 1, out _)).Message, StringComparison.Ordinal);
        }

        IDataView without = Ml.Transforms.DropColumns(ColumnNames.Rating, ColumnNames.Timestamp).Fit(view).Transform(view);
        Interactions read = InteractionReader.Read(without, 1, out _);
        Assert.Equal(Planted.Interactions(50, 40, seed: 3).Count, read.Count);
        Assert.All(read.Ratings.ToArray(), rating => Assert.True(float.IsNaN(rating)));
    }

    [Fact]
    public void What_cannot_score_a_history_gives_no_ranker()
    {
        Assert.Null(new ItemEmbeddingTransformer(Vectors.Random(5, 2, 1)).Ranker(new RankingOptions()));
        Assert.NotNull(Embedding().Fit(Appending.Interactions()).Ranker(new RankingOptions()));
    }
}
