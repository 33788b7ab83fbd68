using Data;
using Tests.Data;
using Tests.Trainers;
using Tests.Workbench.Reranking;
using Trainers;
using Trainers.Options;
using Trainers.Pooling;
using Trainers.Storage;
using Workbench;
using Workbench.Llm.Embeddings;
using Workbench.Reports;
using Workbench.Reranking;

namespace Tests.Workbench.Llm.Embeddings;

public sealed class EmbeddingCatalogTests
{
    private static readonly Item[] Items = [Item("a", "Heat"), Item("b", "Ronin"), Item("c", "Up"), Item("d", "Heat and Dust")];

    private static readonly Interactions Data = Planted.Of(4, [[0, 1], [1, 2], [0, 3]]);

    private static Item Item(string id, string title) => new(id, title, 2000, ["Drama"], null, null, ItemOrigin.Both);

    private static TextItemEmbeddings Make(string name, object options) => (TextItemEmbeddings)EmbeddingCatalog.All[name].Create(options).Over(Items).Train(Data, new TrainingRun());

    private static int Best(IQueryScorer scorer, int number, params int[] mentioned)
    {
        var scores = new float[4];
        Assert.True(scorer.TryScore(new Query(mentioned, [], number), scores));
        return Array.IndexOf(scores, scores.Max());
    }

    [Fact]
    public void Every_trainer_is_there_and_everything_is_documented()
    {
        Assert.Superset(TrainerCatalog.All.All.Select(entry => entry.Name).ToHashSet(), EmbeddingCatalog.All.All.Select(entry => entry.Name).ToHashSet());
        Assert.Equal(EmbeddingCatalog.All.All.Count, EmbeddingCatalog.All.All.DistinctBy(entry => entry.Name).Count());
        foreach (CatalogEntry<IEmbeddingSource> entry in EmbeddingCatalog.Texts.All)
        {
            Assert.EndsWith(".", entry.Doc, StringComparison.Ordinal);
            Assert.All(OptionSpecs.Of(entry.OptionsType), spec => Assert.Matches("^[^A-Z].{3,}[^.]$|^[A-Z]{2}.*[^.]$", spec.Doc));
        }
    }

    [Fact]
    public void A_conversation_is_compared_by_its_words_and_by_what_was_mentioned()
    {
        (string, string)[] turns = [("t0", "I would like to see Ronin"), ("t1", "nothing of the kind")];
        DenseRetrieval words = Make("text-hashed", new HashedRowOptions()).Over(turns)!;
        Assert.Equal(1, Best(words, 0, 2));
        Assert.Equal(2, Best(words, 1, 2)); // no word is known: what was mentioned
        Assert.False(words.TryScore(new Query([], [], 1), new float[4]));
        DenseRetrieval items = Make("text-hashed", new HashedRowOptions { Intention = 0 }).Over(turns)!;
        Assert.Equal(2, Best(items, 0, 2));
        Assert.False(items.TryScore(new Query([], [], 1), new float[4]));
    }

    [Fact]
    public void Alpharec_maps_words_too()
    {
        TextItemEmbeddings embeddings = Make("alpharec", new AlphaRecRowOptions { Dimension = 8, Hidden = 8, Epochs = 3, Intention = 1 });
        Assert.Equal((4, 8), (embeddings.Count, embeddings.Dimension));
        Assert.NotNull(embeddings.Over([("t", "Heat")]));
        float[] at(double share)
        {
            var scores = new float[4];
            Make("alpharec", new AlphaRecRowOptions { Dimension = 8, Hidden = 8, Epochs = 3, Intention = share }).Over([("t", "Up")])!.TryScore(new Query([1], [], 0), scores);
            return scores;
        }

        Assert.NotEqual(at(0), at(0.5));
        Assert.NotEqual(at(1), at(0.5));
    }

    [Fact]
    public void Vectors_come_from_any_file_by_their_ids()
    {
        using var folder = new TemporaryFolder();
        EmbeddingFiles.Write(folder["items.vec"], new EmbeddingTable(Vectors.Of([1, 0], [0, 1], [0.6f, 0.8f]), ["b", "a", "other"]));
        EmbeddingFiles.Write(folder["turns.safetensors"], new EmbeddingTable(Vectors.Of([0.9f, 0.1f]), ["t0"]));
        EmbeddingFiles.Write(folder["wrong.vec"], new EmbeddingTable(Vectors.Of([1, 2, 3]), ["t0"]));
        EmbeddingFiles.Write(folder["foreign.vec"], new EmbeddingTable(Vectors.Of([1, 2, 3]), ["x"]));

        TextItemEmbeddings embeddings = Make("text-vectors", new VectorFileOptions { File = folder["items.vec"], Turns = folder["turns.safetensors"] });
        Assert.Equal([0, 1, 1, 0, 0, 0, 0, 0], embeddings.Values);
        Assert.Equal(1, Best(embeddings.Over([("t0", ""), ("t1", "")])!, 0, 0));
        Assert.Equal(0, Best(embeddings.Over([("t0", ""), ("t1", "")])!, 1, 0)); // no vector of that turn
        Assert.Null(Make("text-vectors", new VectorFileOptions { File = folder["items.vec"] }).Over([("t0", "")]));
        var alpha = Make("alpharec", new AlphaRecRowOptions { Vectors = folder["items.vec"], Dimension = 4, Hidden = 4, Epochs = 1 });
        Assert.Equal((4, 4), (alpha.Count, alpha.Dimension));
        Assert.Null(alpha.Over([("t0", "")]));

        Assert.Contains("vectors of 3 numbers", Assert.Throws<UserErrorException>(() => Make("text-vectors", new VectorFileOptions { File = folder["items.vec"], Turns = folder["wrong.vec"] })).Message, StringComparison.Ordinal);
        Assert.Contains("the first is `x`", Assert.Throws<UserErrorException>(() => Make("text-vectors", new VectorFileOptions { File = folder["foreign.vec"] })).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => Make("text-vectors", new VectorFileOptions { File = folder["none.vec"] }));
    }

    [Fact]
    public void They_are_rows_of_both_tasks_and_embeddings_of_rerankers()
    {
        const string Rows = "trainers=[{ text-hashed: { text_dimension: 64 } }, { alpharec: { dimension: 8, hidden: 8, epochs: 2, text_dimension: 64 } }]";
        RunProduct product = SmallRun.Of(SmallRun.Conversation, Rows, "rerankers=[max-pool, rrf]");
        Assert.All(product.Leaderboard.Rows, row => Assert.Equal((row.Row, (string?)null), (row.Row, row.Error)));
        LeaderboardRow hashed = product.Leaderboard.Rows.Single(row => row.Row.StartsWith("text-hashed", StringComparison.Ordinal));
        Assert.Contains("stand in for a language model's embeddings", hashed.LearnedFrom, StringComparison.Ordinal);
        Assert.Contains("stand in for a language model's embeddings", product.Leaderboard.Rows.Single(row => row.Row.StartsWith("alpharec", StringComparison.Ordinal)).LearnedFrom, StringComparison.Ordinal);
        Assert.Equal(4, product.Leaderboard.Rows.Count(row => row.Kind == "rerank" && (row.Row.Contains("text-hashed", StringComparison.Ordinal) || row.Row.Contains("alpharec", StringComparison.Ordinal))));
        Assert.All(SmallRun.Of(SmallRun.NextItem, Rows).Leaderboard.Rows, row => Assert.Equal((row.Row, (string?)null), (row.Row, row.Error)));
    }

    [Fact]
    public void The_mix_is_of_both_at_length_1()
    {
        var pooled = new PooledEmbeddings(2, [3, 0, 0, 1], [3, 0, 0, 1], [3, 0, 0, 1], null, HistoryPooling.Mean, global::Trainers.Pooling.Similarity.Cosine, null);
        var intentions = new float[pooled.Vectors.Stride];
        intentions[1] = 5;
        var scores = new float[2];
        Assert.True(new DenseRetrieval(pooled, intentions, 0.25).TryScore(new Query([0], [], 0), scores));
        Assert.Equal([0.75f, 0.25f], scores);
    }
}
