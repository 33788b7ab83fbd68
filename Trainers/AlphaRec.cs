using System.Numerics.Tensors;
using Trainers.Checkpoints;
using Trainers.Kernels;
using Trainers.LanguageMap;
using Trainers.LeastSquares;
using Trainers.Options;

namespace Trainers;

/// <summary>From language space to behaviour space.</summary>
public enum LanguageMapKind
{
    /// <summary>W z + b</summary>
    Linear,

    /// <summary>One hidden layer.</summary>
    Mlp,
}

/// <summary>Options of <see cref="AlphaRec"/>.</summary>
public record AlphaRecOptions : SourceOptions
{
    [Option("what maps text vectors: linear, one matrix; mlp, with a hidden layer between")]
    [Search(Choices = [LanguageMapKind.Linear, LanguageMapKind.Mlp])]
    public LanguageMapKind Map { get; init; } = LanguageMapKind.Mlp;

    [Option("length of an item's vector (d)", Min = 1, Max = 1024)]
    [Search(Low = 16, High = 256, Log = true)]
    public int Dimension { get; init; } = 64;

    [Option("mlp: width of the hidden layer", Min = 1, Max = 4096)]
    [Search(Low = 64, High = 512, Log = true, When = nameof(Map), Is = [LanguageMapKind.Mlp])]
    public int Hidden { get; init; } = 128;

    [Option("how often vectors are passed on over the graph of interactions (K); 0 for the map alone", Min = 0, Max = 8)]
    [Search(Low = 0, High = 3)]
    public int Layers { get; init; } = 2;

    [Option("what cosines are divided by in the loss (tau)", Min = 0.01, Max = 10)]
    [Search(Low = 0.05, High = 0.5, Log = true)]
    public double Temperature { get; init; } = 0.15;

    [Option("negatives of a step, shared by its users", Min = 1, Max = 100_000)]
    [Search(Low = 64, High = 1024, Log = true)]
    public int Negatives { get; init; } = 256;

    [Option("how often every user is visited, each time with one of the user's items", Min = 1, Max = 10_000)]
    [TrainingLength]
    public int Epochs { get; init; } = 50;

    [Option("users in one step", Min = 1, Max = 1_000_000)]
    public int BatchUsers { get; init; } = 2048;

    [Option("learning rate of Adam", Min = 0, Max = 1, MinExclusive = true)]
    [Search(Low = 5e-4, High = 0.01, Log = true)]
    public double LearningRate { get; init; } = 0.002;

    [Option("least rating that counts as a positive; without it every interaction does, one without a rating always")]
    public double? MinRating { get; init; }
}

/// <summary>Item vectors learned from text vectors and interactions: a map from language space to behaviour space, convolved over the graph of interactions, by InfoNCE.</summary>
/// <remarks>
/// Sheng, Zhang, Zhang, Chen, Wang, Chua: Language Representations Can be What Recommenders Need: Findings and Potentials (AlphaRec), ICLR 2025.
/// As there: a user's text vector is the mean of the items', one hidden layer, LightGCN's propagation, the mean of all layers, cosines.
/// Deviations: an epoch visits users, each with one positive, instead of interactions; a step's users share its negatives, uniform over items that somebody has;
/// somebody who was not trained on joins the graph by the items of a history. Items that nobody has have a vector too: their text's.
/// </remarks>
/// <param name="options">of the method</param>
/// <param name="texts">I x t text vectors, row-major; zeros for an item without a text</param>
/// <param name="textDimension">t</param>
public sealed class AlphaRec(AlphaRecOptions options, float[] texts, int textDimension) : IItemEmbeddingTrainer
{
    /// <inheritdoc/>
    public ItemEmbeddings Train(Interactions interactions, TrainingRun run)
    {
        run.RequireMemory("alpharec", Bytes(interactions));
        run.Cancellation.ThrowIfCancellationRequested();
        if (texts.Length != (long)interactions.ItemCount * textDimension)
            throw new ArgumentException($"{texts.Length} values are not text vectors of {interactions.ItemCount} items.");
        PositiveMatrix positives = PositiveMatrix.Of(interactions, options.MinRating);
        if (AlphaRecTraining.Teaching(positives).Length == 0)
            throw new UserErrorException("alpharec has nothing to learn from: it needs a user who has an item and lacks one that another has");

        float[] unit = Unit(texts);
        var graph = new InteractionGraph(positives);
        var model = new AlphaRecModel<float>(graph, positives, unit, textDimension, options);
        model.Weights.Initialize(1 / Math.Sqrt(textDimension), run.Seed);
        var identity = new TrainingIdentity("alpharec", options, interactions, run) { LengthOption = nameof(options.Epochs) };
        new EpochLoop(identity, run) { Epochs = options.Epochs, IfDiverged = $"lower `learning_rate` ({OptionText.Of(options.LearningRate)})" }
            .Run(new AlphaRecTraining(model, positives, options, run));

        model.Forward(new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads) });
        ReadOnlySpan<float> items = model.Embeddings.AsSpan(graph.Users * model.Stride, graph.Items * model.Stride);
        return new LanguageEmbeddings(
            graph.Items, options.Dimension, Padding.Unpad(items, graph.Items, options.Dimension), unit, textDimension, Layers(graph, model), options.Layers, model.Map);
    }

    /// <summary>I x S: the layers 0 .. K - 1 of every item added up, by 1 / sqrt(d).</summary>
    private float[] Layers(InteractionGraph graph, AlphaRecModel<float> model)
    {
        var sums = new float[graph.Items * model.Stride];
        for (int k = 0; k < options.Layers; k++)
            TensorPrimitives.Add(sums, model.Layer(k).AsSpan(graph.Users * model.Stride, sums.Length), sums);
        for (int item = 0; item < graph.Items; item++)
        {
            Span<float> row = sums.AsSpan(item * model.Stride, model.Stride);
            TensorPrimitives.Multiply(row, (float)graph.Weights[graph.Users + item], row);
        }

        return sums;
    }

    private float[] Unit(float[] vectors)
    {
        var unit = (float[])vectors.Clone();
        for (int first = 0; first < unit.Length; first += textDimension)
        {
            Span<float> row = unit.AsSpan(first, textDimension);
            float norm = TensorPrimitives.Norm<float>(row);
            if (norm > 0)
                TensorPrimitives.Divide(row, norm, row);
        }

        return unit;
    }

    /// <summary>Text vectors, the layers, the gradients on their way back, and the interactions: by item, by user and both ways in the graph.</summary>
    private long Bytes(Interactions interactions)
    {
        long nodes = interactions.UserCount + (long)interactions.ItemCount;
        int text = Padding.Stride(textDimension), vector = Padding.Stride(options.Dimension), hidden = Padding.Stride(options.Hidden);
        return sizeof(float) * ((nodes * (text + hidden + ((options.Layers + 7L) * vector))) + (3L * interactions.Count) + (40L * (text + vector) * hidden) + ((long)options.BatchUsers * (options.Negatives + 1)));
    }
}
