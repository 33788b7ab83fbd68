using Trainers;
using Trainers.LeastSquares;

namespace Tests.Trainers;

public sealed class MatrixFactorizationTests
{
    private static readonly Interactions Interactions = Planted.Interactions(users: 150, items: 41, seed: 8);

    private static FoldInEmbeddings Train(MatrixFactorizationOptions options, Interactions? interactions = null, TrainingRun? run = null) =>
        (FoldInEmbeddings)new MatrixFactorization(options).Train(interactions ?? Interactions, run ?? new TrainingRun());

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    [Fact]
    public void The_loss_is_reported_and_falls()
    {
        var reports = new List<TrainingProgress>();
        Train(new MatrixFactorizationOptions { Dimension = 8, Iterations = 5 }, run: new TrainingRun(Progress: new Reports(reports)));
        Assert.Equal([1, 2, 3, 4, 5], reports.Select(report => report.Epoch));
        Assert.All(reports, report => Assert.Equal(5, report.Epochs));
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.Second.Loss <= pair.First.Loss * (1 + 1e-6)));
    }

    [Fact]
    public void Planted_groups_are_found()
    {
        // Users prefer items of their own group, which is their number modulo 4.
        FoldInEmbeddings model = Train(new MatrixFactorizationOptions { Dimension = 8, Regularization = 0.01 });
        var scores = new float[model.ItemCount];
        model.Score([1, 5, 9], 0, scores);
        double inside = Enumerable.Range(0, 9).Average(i => scores[4 * i + 1]), outside = Enumerable.Range(0, 9).Average(i => scores[4 * i + 2]);
        Assert.True(inside > 2 * outside, $"{inside} against {outside}");
    }

    [Fact]
    public void Folding_in_minimises_the_users_objective()
    {
        var options = new MatrixFactorizationOptions { Dimension = 6, UnobservedWeight = 0.2, Regularization = 0.02, RegularizationExponent = 0.7 };
        FoldInEmbeddings model = Train(options);
        int[] history = [3, 17, 3, 8];
        int seen = Interactions.CountItems().Count(count => count > 0);
        double Objective(double[] w)
        {
            double loss = 0.02 * Math.Pow(3 + 0.2 * seen, 0.7) * w.Sum(x => x * x);
            for (int item = 0; item < model.Count; item++)
            {
                double score = 0;
                for (int k = 0; k < 6; k++)
                    score += w[k] * model[item][k];
                loss += 0.2 * score * score + (history.Contains(item) ? (score - 1) * (score - 1) : 0);
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
    public void Only_the_last_items_count_if_so_wished()
    {
        var options = new MatrixFactorizationOptions { Dimension = 6, Iterations = 2 };
        FoldInEmbeddings all = Train(options), last = Train(options with { LastItems = 2 });
        float[] Score(FoldInEmbeddings model, params int[] history)
        {
            var scores = new float[model.ItemCount];
            model.Score(history, 0, scores);
            return scores;
        }

        Assert.Equal(all.Values, last.Values);
        Assert.Equal(Score(all, 5, 9), Score(last, 1, 7, 5, 9));
        Assert.NotEqual(Score(all, 7, 5, 9), Score(last, 7, 5, 9));
    }

    [Theory]
    [InlineData(200, null, 64)]
    [InlineData(128, null, 128)]
    [InlineData(40, 9, 9)]
    [InlineData(40, 64, 40)]
    public void Large_dimensions_are_solved_in_blocks(int dimension, int? blockSize, int alike)
    {
        float[] Values(int? block) => Train(new MatrixFactorizationOptions { Dimension = dimension, Iterations = 2, BlockSize = block }).Values;
        Assert.Equal(Values(alike), Values(blockSize));
        Assert.NotEqual(Values(7), Values(blockSize));
    }

    [Fact]
    public void Bpr_refuses_users_who_have_everything()
    {
        var options = new MatrixFactorizationOptions { Algorithm = FactorizationAlgorithm.Bpr };
        Assert.Equal("matrix-factorization (bpr) has nothing to learn from: no user who has an item lacks another, to which it would be preferred",
            Assert.Throws<UserErrorException>(() => new MatrixFactorization(options).Train(Planted.Of(3, [[0, 1], [1, 0], []]), new TrainingRun())).Message);
        Assert.Equal(3, new MatrixFactorization(options).Train(Planted.Of(3, [[0], [1], [1]]), new TrainingRun()).Count);
    }

    [Fact]
    public void Scores_do_not_depend_on_order_repetition_or_thread()
    {
        FoldInEmbeddings model = Train(new MatrixFactorizationOptions { Dimension = 20 });
        float[] Score(params int[] history)
        {
            var scores = new float[model.ItemCount];
            model.Score(history, 0, scores);
            return scores;
        }

        float[] expected = Score(1, 5, 9);
        Assert.Equal(expected, Score(9, 1, 5, 1));
        var results = new float[32][];
        Parallel.For(0, 32, i => results[i] = i % 2 == 0 ? Score(5, 9, 1) : Score(2, 3));
        Assert.All(results.Where((_, i) => i % 2 == 0), scores => Assert.Equal(expected, scores));
        Assert.All(Score(), score => Assert.Equal(0, score));
    }

    [Fact]
    public void Scoring_allocates_nothing_once_warm()
    {
        FoldInEmbeddings model = Train(new MatrixFactorizationOptions { Dimension = 20 });
        var scores = new float[model.ItemCount];
        int[] history = [1, 2, 3];
        model.Score(history, 0, scores);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
            model.Score(history, i, scores);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void An_item_that_does_not_exist_is_refused()
    {
        FoldInEmbeddings model = Train(new MatrixFactorizationOptions { Dimension = 4, Iterations = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Score([41], 0, new float[41]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Score([-1], 0, new float[41]));
    }

    [Fact]
    public void Nothing_to_learn_from_is_said_in_one_line()
    {
        Assert.Equal("matrix-factorization has no interactions to learn from",
            Assert.Throws<UserErrorException>(() => Train(new MatrixFactorizationOptions(), Planted.Of(3, [[], []]))).Message);
        Assert.Equal($"matrix-factorization has nothing to learn from: none of {Interactions.Count} ratings reaches min_rating 5.5",
            Assert.Throws<UserErrorException>(() => Train(new MatrixFactorizationOptions { MinRating = 5.5 })).Message);
    }
}
