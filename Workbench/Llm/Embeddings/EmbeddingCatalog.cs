using Data;
using Trainers;
using Trainers.LanguageMap;
using Trainers.Options;

namespace Workbench.Llm.Embeddings;

/// <summary>A way to item embeddings that may look at the items' texts.</summary>
public interface IEmbeddingSource
{
    /// <param name="items">I items</param>
    IItemEmbeddingTrainer Over(IReadOnlyList<Item> items);
}

/// <summary>What an experiment's <c>trainers</c> can name: every trainer, and those that need the items' texts, one typed line each.</summary>
public static class EmbeddingCatalog
{
    /// <summary>Those that need texts.</summary>
    public static Catalog<IEmbeddingSource> Texts { get; } = new(
        "trainer",
        CatalogEntry<IEmbeddingSource>.Of<HashedRowOptions>(
            "text-hashed", "Texts of items and conversations as hashed word and letter n-grams: a stand-in for a language model's embeddings.", options => new FromTexts(items => Hashed(options, items))),
        CatalogEntry<IEmbeddingSource>.Of<EndpointRowOptions>(
            "text-endpoint", "Texts of items and conversations as a model's embeddings, by an endpoint that speaks OpenAI's protocol.", options => new FromTexts(items => FromEndpoint(options, items))),
        CatalogEntry<IEmbeddingSource>.Of<VectorFileOptions>(
            "text-vectors", "Vectors of items from a file, such as a language model's embeddings of their texts.", options => FromFile(options)),
        CatalogEntry<IEmbeddingSource>.Of<AlphaRecRowOptions>(
            "alpharec", "A map from text vectors to behaviour, learned over the graph of interactions (AlphaRec).", options => new FromTexts(items => Mapped(options, items))));

    public static Catalog<IEmbeddingSource> All { get; } = new("trainer",
    [
        .. TrainerCatalog.All.All.Select(entry => new CatalogEntry<IEmbeddingSource>(entry.Name, entry.Doc, entry.OptionsType, options => Plain(entry.Create(options)))),
        .. Texts.All,
    ]);

    /// <summary>What a row learned from that looks at texts alone; null for one that learns from interactions.</summary>
    public static string? DescribeTexts(object options) => options switch
    {
        HashedRowOptions => "texts of the items, by hashed n-grams that stand in for a language model's embeddings; nothing is trained",
        EndpointRowOptions model => $"texts of the items, by {model.Model}; nothing is trained",
        VectorFileOptions file => $"nothing: vectors of {Path.GetFileName(file.File)}",
        _ => null,
    };

    /// <summary>What is added to what a row learned from.</summary>
    public static string? DescribeVectors(object options) => options is not AlphaRecRowOptions alpha ? null
        : alpha.Vectors is { } file ? $"text vectors of {Path.GetFileName(file)}" : "hashed n-grams of the items' texts, which stand in for a language model's embeddings";

    private static FixedEmbeddings Hashed(HashedRowOptions options, IReadOnlyList<Item> items)
    {
        string[] texts = [.. items.Select(ItemTexts.Of)];
        var embedder = new HashedTextEmbedder(options, texts);
        return new FixedEmbeddings(_ => TextItemEmbeddings.Of(
            Flat(embedder.Embed(texts)), options.TextDimension, turns => embedder.Embed([.. turns.Select(turn => turn.Text)]), options.Intention));
    }

    private static FixedEmbeddings FromEndpoint(EndpointRowOptions options, IReadOnlyList<Item> items) => new(run =>
    {
        var embedder = new EndpointEmbedder(options, cancellation: run.Cancellation);
        float[][] vectors = embedder.Embed([.. items.Select(ItemTexts.Of)]);
        return TextItemEmbeddings.Of(Flat(vectors), vectors[0].Length, turns => WithLength(embedder, turns, vectors[0].Length), options.Intention);
    });

    /// <summary>Turns before which nothing was said have zeros; where all are such, nothing is asked.</summary>
    private static float[][] WithLength(EndpointEmbedder embedder, IReadOnlyList<(string Id, string Text)> turns, int length) =>
        turns.All(turn => string.IsNullOrWhiteSpace(turn.Text)) ? [.. turns.Select(_ => new float[length])] : embedder.Embed([.. turns.Select(turn => turn.Text)]);

    /// <exception cref="UserErrorException">No file is named.</exception>
    private static FromTexts FromFile(VectorFileOptions options) => options.File.Length > 0
        ? new FromTexts(items => FromFile(options, items))
        : throw new UserErrorException("text-vectors needs `file`: vectors by item id in .safetensors, .npy or .vec");

    private static FixedEmbeddings FromFile(VectorFileOptions options, IReadOnlyList<Item> items) => new(_ =>
    {
        VectorTable vectors = VectorTable.Read(options.File);
        VectorTable? turns = options.Turns is { } file ? VectorTable.Read(file).Like(vectors, file) : null;
        return TextItemEmbeddings.Of(
            vectors.Of([.. items.Select(item => item.Id)], options.File, "item"), vectors.Dimension,
            turns is null ? null : asked => [.. asked.Select(turn => turns.Of(turn.Id))], options.Intention);
    });

    private static IItemEmbeddingTrainer Mapped(AlphaRecRowOptions options, IReadOnlyList<Item> items)
    {
        string[] texts = [.. items.Select(ItemTexts.Of)];
        VectorTable? file = options.Vectors is { } path ? VectorTable.Read(path) : null;
        HashedTextEmbedder? hashed = file is null ? new HashedTextEmbedder(new HashedTextOptions { TextDimension = options.TextDimension }, texts) : null;
        float[] vectors = file?.Of([.. items.Select(item => item.Id)], options.Vectors!, "item") ?? Flat(hashed!.Embed(texts));
        return new Wrapped(new AlphaRec(options, vectors, file?.Dimension ?? options.TextDimension), mapped =>
        {
            var language = (LanguageEmbeddings)mapped;
            return new TextItemEmbeddings(
                mapped, language, hashed is null ? null : turns => [.. hashed.Embed([.. turns.Select(turn => turn.Text)]).Select(text => language.Intention(text))], options.Intention);
        });
    }

    private static float[] Flat(float[][] rows) => [.. rows.SelectMany(row => row)];

    private static FromTexts Plain(IItemEmbeddingTrainer trainer) => new(_ => trainer);

    private sealed class FromTexts(Func<IReadOnlyList<Item>, IItemEmbeddingTrainer> over) : IEmbeddingSource
    {
        public IItemEmbeddingTrainer Over(IReadOnlyList<Item> items) => over(items);
    }

    /// <summary>Learns nothing from interactions.</summary>
    private sealed class FixedEmbeddings(Func<TrainingRun, ItemEmbeddings> make) : IItemEmbeddingTrainer
    {
        public ItemEmbeddings Train(Interactions interactions, TrainingRun run)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            return make(run);
        }
    }

    private sealed class Wrapped(IItemEmbeddingTrainer trainer, Func<ItemEmbeddings, ItemEmbeddings> wrap) : IItemEmbeddingTrainer
    {
        public ItemEmbeddings Train(Interactions interactions, TrainingRun run) => wrap(trainer.Train(interactions, run));
    }
}
