using Tests.Contracts;
using Tests.Data;
using Tests.Trainers.Kernels;
using Trainers;
using Trainers.Checkpoints;
using Trainers.LanguageMap;
using Trainers.Options;
using Trainers.Sampling;

namespace Tests.Trainers;

public sealed class AlphaRecTests
{
    private const int Items = 40, Text = 20;

    private static readonly AlphaRecOptions Small = new() { Dimension = 8, Hidden = 12, Epochs = 5, BatchUsers = 16, Negatives = 20 };

    /// <summary>Two kinds of items; a user has those of one kind. The kind is the sign of one component of the text vector, among noise.</summary>
    private static (Interactions Data, float[] Texts) Planted2(int users, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        float[] texts = [.. Enumerable.Range(0, Items * Text).Select(i => i % Text == 3 ? (i / Text % 2 == 0 ? 2 : -2) : (float)(0.2 * random.NextGaussian()))];
        // The last ten items nobody has.
        int[][] rows = [.. Enumerable.Range(0, users).Select(user => Enumerable.Range(0, 6).Select(_ => (2 * random.NextInt(15)) + (user % 2)).Distinct().ToArray())];
        return (Planted.Of(Items, rows, new Random(seed)), texts);
    }

    private static LanguageEmbeddings Train(AlphaRecOptions options, TrainingRun? run = null)
    {
        (Interactions data, float[] texts) = Planted2(60, 1);
        return (LanguageEmbeddings)new AlphaRec(options, texts, Text).Train(data, run ?? new TrainingRun());
    }

    [Fact]
    public void What_texts_say_of_behaviour_is_learned_for_items_that_nobody_has_too()
    {
        foreach (int layers in (int[])[0, 2])
        {
            LanguageEmbeddings embeddings = Train(Small with { Map = LanguageMapKind.Linear, Layers = layers, Epochs = 10 });
            var scores = new float[Items];
            embeddings.Score([0, 4, 8], 0, scores);
            Assert.True(Lead(0, 30) > 0.8, $"seen items: {Lead(0, 30)}");
            Assert.True(Lead(30, 40) > 0.4, $"unseen items: {Lead(30, 40)}");

            float Lead(int from, int to) => Enumerable.Range(from, to - from).Where(item => item % 2 == 0).Average(item => scores[item])
                - Enumerable.Range(from, to - from).Where(item => item % 2 == 1).Average(item => scores[item]);
        }
    }

    [Fact]
    public void A_history_is_embedded_as_a_user_of_the_graph_is()
    {
        (Interactions data, float[] texts) = Planted2(60, 1);
        foreach (int layers in (int[])[0, 1, 3])
        {
            LanguageEmbeddings embeddings = Train(Small with { Layers = layers });

            // The user's own row of the model, by training it again and looking inside.
            var positives = global::Trainers.LeastSquares.PositiveMatrix.Of(data, null);
            var graph = new InteractionGraph(positives);
            float[] unit = [.. texts.Chunk(Text).SelectMany(row => { float norm = MathF.Sqrt(row.Sum(x => x * x)); return row.Select(x => x / norm); })];
            var model = new AlphaRecModel<float>(graph, positives, unit, Text, Small with { Layers = layers });
            model.Weights.Initialize(1 / Math.Sqrt(Text), 1);
            var training = new AlphaRecTraining(model, positives, Small with { Layers = layers }, new TrainingRun());
            for (int epoch = 1; epoch <= Small.Epochs; epoch++)
                training.RunEpoch(epoch);
            model.Forward(new ParallelOptions());
            for (int user = 0; user < 5; user++)
            {
                float[] expected = model.Embeddings[(user * model.Stride)..((user + 1) * model.Stride)];
                float length = MathF.Sqrt(expected.Sum(x => x * x));
                var actual = new float[model.Stride];
                embeddings.Embed(positives[user].ToArray(), actual);
                for (int k = 0; k < actual.Length; k++)
                    Assert.Equal(expected[k] / length, actual[k], 1e-4);
            }
        }
    }

    [Fact]
    public void Threads_change_nothing_and_seeds_do()
    {
        float[] expected = Train(Small).Values;
        foreach (int threads in (int[])[2, 3, 7])
            Some.SameBits(expected, Train(Small, new TrainingRun(Threads: threads)).Values);
        Assert.NotEqual(expected, Train(Small, new TrainingRun(Seed: 2)).Values);
    }

    [Fact]
    public void Every_option_changes_the_result()
    {
        float[] expected = Train(Small).Values;
        foreach (OptionSpec spec in OptionSpecs.Of(typeof(AlphaRecOptions)).Where(spec => spec.Property.DeclaringType == typeof(AlphaRecOptions)))
        {
            Assert.True(OtherValues.Of(spec, spec.Get(Small)).Take(4).Any(value =>
            {
                AlphaRecOptions changed = Small with { };
                spec.Set(changed, value);
                return !Train(changed).Values.SequenceEqual(expected);
            }), spec.Name);
        }
    }

    [Fact]
    public void A_training_that_was_stopped_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        float[] expected = Train(Small).Values;
        var checkpoint = new TrainingCheckpoint(folder["state"], TimeSpan.Zero);
        Train(Small with { Epochs = 2 }, new TrainingRun { Checkpoint = checkpoint });
        Some.SameBits(expected, Train(Small, new TrainingRun { Checkpoint = checkpoint }).Values);
    }

    [Fact]
    public void An_intention_is_mapped_as_an_items_text_is()
    {
        (_, float[] texts) = Planted2(60, 1);
        LanguageEmbeddings embeddings = Train(Small with { Layers = 0 });
        float[] intention = embeddings.Intention(texts.AsSpan(5 * Text, Text));
        float length = MathF.Sqrt(embeddings[5].ToArray().Sum(x => x * x));
        for (int k = 0; k < intention.Length; k++)
            Assert.Equal(embeddings[5][k] / length, intention[k], 1e-5);
        Assert.All(embeddings.Intention(new float[Text]), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Nothing_to_learn_from_and_too_little_memory_are_refused()
    {
        foreach (Interactions none in (Interactions[])[Planted.Of(3, []), Planted.Of(3, [[], []]), Planted.Of(1, [[0], [0]])])
            Assert.StartsWith("alpharec has nothing to learn from", Assert.Throws<UserErrorException>(() => new AlphaRec(Small, new float[none.ItemCount * 4], 4).Train(none, new TrainingRun())).Message, StringComparison.Ordinal);
        Assert.Contains("memory", Assert.Throws<UserErrorException>(() => Train(Small, new TrainingRun(MemoryBytes: 1000))).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<OperationCanceledException>(() => Train(Small, new TrainingRun(Cancellation: new CancellationToken(true))));
    }
}
