using Trainers;
using Trainers.Libmf;

namespace Tests.Trainers.Libmf;

public sealed class OneClassEmbeddingsTests
{
    private static readonly Interactions Data = Planted.Interactions(users: 150, items: 41, seed: 8);

    private static readonly MatrixFactorizationOptions Options = new()
    {
        Algorithm = FactorizationAlgorithm.Libmf, Dimension = 6, Iterations = 8, Regularization = 0.7, UnobservedWeight = 0.2, UnobservedValue = 0.1,
    };

    private static OneClassEmbeddings Train(MatrixFactorizationOptions? options = null, Interactions? data = null, TrainingRun? run = null) =>
        (OneClassEmbeddings)new MatrixFactorization(options ?? Options).Train(data ?? Data, run ?? new TrainingRun());

    private static float[] Scores(OneClassEmbeddings model, params int[] history)
    {
        var scores = new float[model.ItemCount];
        model.Score(history, 0, scores);
        return scores;
    }

    [Theory]
    [InlineData(0.2, 0.1)]
    [InlineData(1, 0)] // All pairs weigh the same.
    [InlineData(3, -0.2)] // What was not observed weighs more.
    public void Folding_in_minimises_the_users_objective(double weight, double value)
    {
        OneClassEmbeddings model = Train(Options with { UnobservedWeight = weight, UnobservedValue = value });
        int[] history = [3, 17, 3, 8];
        double Objective(double[] w)
        {
            double loss = 0.7 * w.Sum(x => x * x);
            for (int item = 0; item < model.Count; item++)
            {
                double score = 0;
                for (int k = 0; k < 6; k++)
                    score += w[k] * model[item][k];
                // Items that nobody has take no part: their vector and their score are zero whatever w is.
                loss += history.Contains(item) ? (score - 1) * (score - 1) : weight * (score - value) * (score - value);
            }

            return loss;
        }

        var vector = new float[6];
        model.FoldIn(history, vector);
        double[] w = [.. vector.Select(x => (double)x)];
        double least = Objective(w);
        for (int k = 0; k < 6; k++)
        {
            foreach (double step in (double[])[-1e-2, 1e-2])
            {
                double[] beside = [.. w];
                beside[k] += step;
                Assert.True(Objective(beside) > least);
            }
        }
    }

    [Fact]
    public void Scores_do_not_depend_on_order_or_repetition()
    {
        OneClassEmbeddings model = Train();
        Assert.Equal(Scores(model, 1, 5, 9), Scores(model, 9, 1, 5, 1));
        Assert.All(Scores(model), score => Assert.Equal(0, score));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scores(model, 41));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scores(model, -1, 3));
    }

    [Fact]
    public void Planted_groups_are_found()
    {
        // Users prefer items of their own group, which is their number modulo 4.
        float[] scores = Scores(Train(), 1, 5, 9);
        double inside = Enumerable.Range(0, 9).Average(i => scores[4 * i + 1]), outside = Enumerable.Range(0, 9).Average(i => scores[4 * i + 2]);
        Assert.True(inside > 2 * outside, $"{inside} against {outside}");
    }
}
