using Tests.Trainers;
using Trainers;
using Trainers.LanguageMap;
using Trainers.LeastSquares;
using Trainers.Sampling;

namespace Tests.Gradients;

/// <summary>The gradient of the whole of AlphaRec: map, graph and InfoNCE.</summary>
public sealed class AlphaRecGradientTests
{
    private const int Items = 13, Text = 11;

    private static readonly PositiveMatrix Positives = PositiveMatrix.Of(Planted.Of(Items, [[0, 1, 2], [2, 3], [4], [5, 6, 7, 8], [0, 9, 10], [3, 3, 11], []]), null);

    private static readonly ParallelOptions One = new() { MaxDegreeOfParallelism = 1 };

    private static AlphaRecModel<double> Model(LanguageMapKind map, int layers)
    {
        var random = new SplitMix64(3);
        float[] texts = [.. Enumerable.Range(0, Items * Text).Select(_ => (float)random.NextGaussian())];
        var model = new AlphaRecModel<double>(
            new InteractionGraph(Positives), Positives, texts, Text, new AlphaRecOptions { Map = map, Layers = layers, Dimension = 5, Hidden = 7, Temperature = 0.37 });
        model.Weights.Initialize(0.4, seed: 9);
        return model;
    }

    private static ContrastiveBatch Batch() => ContrastiveBatch.Draw(Positives, [.. Enumerable.Range(0, Items)], [5, 0, 3, 1, 4], 9, new SplitMix64(4));

    private static double Loss(AlphaRecModel<double> model, int[] live, double[] at)
    {
        for (int i = 0; i < live.Length; i++)
            model.Weights.Values[live[i]] = at[i];
        model.Weights.Refresh();
        return model.Step(Batch(), new double[model.Parameters.Length], One);
    }

    [Theory]
    [InlineData(LanguageMapKind.Linear, 0)]
    [InlineData(LanguageMapKind.Linear, 2)]
    [InlineData(LanguageMapKind.Mlp, 0)]
    [InlineData(LanguageMapKind.Mlp, 1)]
    [InlineData(LanguageMapKind.Mlp, 3)]
    public void It_is_the_derivative_of_the_loss(LanguageMapKind map, int layers)
    {
        AlphaRecModel<double> model = Model(map, layers);
        int[] live = [.. model.Parameters.Slots.SelectMany(slot => slot.Live())];
        double[] at = [.. live.Select(index => model.Weights.Values[index])];
        var gradients = new double[model.Parameters.Length];
        model.Step(Batch(), gradients, One);
        double[] claimed = [.. live.Select(index => gradients[index])];
        GradientCheck.Proves(point => Loss(model, live, point), at, claimed, seed: 2);

        // Padding learns nothing.
        Assert.All(Enumerable.Range(0, gradients.Length).Except(live), index => Assert.Equal(0, gradients[index]));
        claimed[live.Length / 2] += 0.01 * Math.Sqrt(claimed.Sum(g => g * g));
        Assert.True(GradientCheck.RelativeError(point => Loss(model, live, point), at, claimed, seed: 2) > 1e-6);
    }

    [Fact]
    public void The_loss_is_InfoNCE_of_the_cosines()
    {
        AlphaRecModel<double> model = Model(LanguageMapKind.Mlp, 2);
        ContrastiveBatch batch = Batch();
        double loss = model.Step(batch, new double[model.Parameters.Length], One);
        int stride = model.Stride;
        double Cosine(int user, int item)
        {
            double[] u = model.Embeddings[(user * stride)..((user + 1) * stride)], v = model.Embeddings[((7 + item) * stride)..((8 + item) * stride)];
            return u.Zip(v, (a, b) => a * b).Sum() / Math.Sqrt(u.Sum(a => a * a) * v.Sum(b => b * b));
        }

        double expected = Enumerable.Range(0, batch.Users.Length).Average(i =>
        {
            int user = batch.Users[i];
            double positive = Math.Exp(Cosine(user, batch.Positives[i]) / 0.37);
            double negatives = batch.Negatives.Where(item => !Positives[user].Contains(item)).Sum(item => Math.Exp(Cosine(user, item) / 0.37));
            return -Math.Log(positive / (positive + negatives));
        });
        Assert.Equal(expected, loss, 1e-12);
    }

    /// <summary>By the definition, with a dense matrix.</summary>
    [Fact]
    public void Vectors_are_passed_on_over_the_normalised_graph()
    {
        var graph = new InteractionGraph(Positives);
        int nodes = graph.Nodes;
        var random = new Random(5);
        double[] x = [.. Enumerable.Range(0, nodes * 16).Select(_ => random.NextDouble())], y = new double[nodes * 16];
        graph.Propagate(x, 16, y, One);
        for (int n = 0; n < nodes; n++)
        {
            for (int k = 0; k < 16; k++)
            {
                double sum = Enumerable.Range(0, nodes).Where(m => Edge(n, m)).Sum(m => x[(m * 16) + k] / Math.Sqrt(Degree(n) * Degree(m)));
                Assert.Equal(sum, y[(n * 16) + k], 1e-12);
            }
        }

        bool Edge(int n, int m) => n < 7 ? m >= 7 && Positives[n].Contains(m - 7) : m < 7 && Positives[m].Contains(n - 7);
        double Degree(int n) => Enumerable.Range(0, nodes).Count(m => Edge(n, m));
    }
}
