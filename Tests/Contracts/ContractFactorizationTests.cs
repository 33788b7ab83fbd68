using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.Recommender;
using Trainers.Sampling;

namespace Tests.Contracts;

/// <summary>Matrix factorization minimises what it says and fills in what was left out, in either mode.</summary>
public sealed class ContractFactorizationTests
{
    private const int Rows = 23, Columns = 31, Rank = 5;

    public sealed class Element
    {
        [KeyType(Columns)]
        public uint Column { get; set; }

        [KeyType(Rows)]
        public uint Row { get; set; }

        public float Label { get; set; }
    }

    private static readonly double[,] Truth = RankTwo();

    // A product of two factors of length 2 plus a constant, between about 0 and 4.
    private static double[,] RankTwo()
    {
        var random = new SplitMix64(5);
        double[] p = [.. Enumerable.Range(0, 2 * Rows).Select(_ => random.NextDouble())], q = [.. Enumerable.Range(0, 2 * Columns).Select(_ => random.NextDouble())];
        var truth = new double[Rows, Columns];
        for (int u = 0; u < Rows; u++)
        {
            for (int v = 0; v < Columns; v++)
                truth[u, v] = 2 * (p[2 * u] * q[2 * v] + p[2 * u + 1] * q[2 * v + 1]);
        }

        return truth;
    }

    private static IEnumerable<(int Row, int Column)> Pairs(Func<int, int, bool> chosen) =>
        from u in Enumerable.Range(0, Rows)
        from v in Enumerable.Range(0, Columns)
        where chosen(u, v)
        select (u, v);

    // Members of a [KeyType] count from 0.
    private static MatrixFactorizationModelParameters Fit(
        IEnumerable<(int Row, int Column)> pairs, Action<MatrixFactorizationTrainer.Options> change, MLContext? context = null)
    {
        context ??= new MLContext(1);
        var options = new MatrixFactorizationTrainer.Options
        {
            MatrixColumnIndexColumnName = nameof(Element.Column),
            MatrixRowIndexColumnName = nameof(Element.Row),
            LabelColumnName = nameof(Element.Label),
            ApproximationRank = Rank,
            NumberOfThreads = 1,
            Quiet = true,
        };
        change(options);
        IDataView view = context.Data.LoadFromEnumerable(pairs.Select(pair =>
            new Element { Row = (uint)pair.Row, Column = (uint)pair.Column, Label = pair.Row < Rows && pair.Column < Columns ? (float)Truth[pair.Row, pair.Column] : 1 }));
        return context.Recommendation().Trainers.MatrixFactorization(options).Fit(view).Model;
    }

    private static double Score(MatrixFactorizationModelParameters model, int row, int column) =>
        Enumerable.Range(0, Rank).Sum(k => (double)model.LeftFactorMatrix[row * Rank + k] * model.RightFactorMatrix[column * Rank + k]);

    private static void OneClass(MatrixFactorizationTrainer.Options options, int iterations)
    {
        options.LossFunction = MatrixFactorizationTrainer.LossFunctionType.SquareLossOneClass;
        (options.Alpha, options.C, options.Lambda, options.NumberOfIterations) = (0.3, 0.05, 0.4, iterations);
    }

    private static double Weight((int Row, int Column) pair, HashSet<(int Row, int Column)> given) => given.Contains(pair) ? 1 : 0.3;

    private static double Goal((int Row, int Column) pair, HashSet<(int Row, int Column)> given) => given.Contains(pair) ? 1 : 0.05;

    private static double Objective(MatrixFactorizationModelParameters model, HashSet<(int Row, int Column)> given) =>
        Pairs((_, _) => true).Sum(pair => Weight(pair, given) * Math.Pow(Goal(pair, given) - Score(model, pair.Row, pair.Column), 2))
        + 0.4 * model.LeftFactorMatrix.Concat(model.RightFactorMatrix).Sum(value => (double)value * value);

    private static HashSet<(int Row, int Column)> Likes() => [.. Pairs((u, v) => Truth[u, v] > 1 && (u + 3 * v) % 5 != 0)];

    [Fact]
    public void One_class_lowers_its_objective_in_every_iteration()
    {
        HashSet<(int Row, int Column)> likes = Likes();
        double last = Objective(Fit(likes, options => OneClass(options, 1)), likes);
        foreach (int iterations in (int[])[2, 3, 4, 6, 9, 14])
        {
            double next = Objective(Fit(likes, options => OneClass(options, iterations)), likes);
            Assert.True(next < last, $"{next} after {iterations} iterations, {last} before");
            last = next;
        }
    }

    [Fact]
    public void One_class_ends_where_the_gradient_of_its_objective_is_zero()
    {
        HashSet<(int Row, int Column)> likes = Likes();
        MatrixFactorizationModelParameters model = Fit(likes, options => OneClass(options, 3_000));
        double Slope((int Row, int Column) pair) => Weight(pair, likes) * (Goal(pair, likes) - Score(model, pair.Row, pair.Column));
        for (int k = 0; k < Rank; k++)
        {
            for (int u = 0; u < Rows; u++)
            {
                double slope = Enumerable.Range(0, Columns).Sum(v => Slope((u, v)) * model.RightFactorMatrix[v * Rank + k]);
                Assert.Equal(0, 0.4 * model.LeftFactorMatrix[u * Rank + k] - slope, 1e-3);
            }

            for (int v = 0; v < Columns; v++)
            {
                double slope = Enumerable.Range(0, Rows).Sum(u => Slope((u, v)) * model.LeftFactorMatrix[u * Rank + k]);
                Assert.Equal(0, 0.4 * model.RightFactorMatrix[v * Rank + k] - slope, 1e-3);
            }
        }
    }

    [Fact]
    public void One_class_ranks_what_was_held_out_above_what_is_not_liked()
    {
        HashSet<(int Row, int Column)> likes = Likes();
        MatrixFactorizationModelParameters model = Fit(likes, options => OneClass(options, 30));
        double[] held = [.. Pairs((u, v) => Truth[u, v] > 1.2 && !likes.Contains((u, v))).Select(pair => Score(model, pair.Row, pair.Column))];
        double[] others = [.. Pairs((u, v) => Truth[u, v] < 0.8).Select(pair => Score(model, pair.Row, pair.Column))];
        double above = held.Sum(score => others.Count(other => other < score)) / (double)(held.Length * others.Length);
        Assert.True(held.Length > 20 && others.Length > 100);
        Assert.InRange(above, 0.9, 1);
    }

    [Fact]
    public void One_class_does_not_look_at_the_labels_but_regression_does()
    {
        var ones = new Element { Row = 1, Column = 2, Label = 1 };
        foreach (var (loss, same) in ((MatrixFactorizationTrainer.LossFunctionType, bool)[])
            [(MatrixFactorizationTrainer.LossFunctionType.SquareLossOneClass, true), (MatrixFactorizationTrainer.LossFunctionType.SquareLossRegression, false)])
        {
            float[] given = FactorsOf(loss, [ones, new() { Row = 3, Column = 4, Label = 1 }]);
            float[] other = FactorsOf(loss, [ones, new() { Row = 3, Column = 4, Label = 3 }]);
            Assert.Equal(same, given.SequenceEqual(other));
        }

        static float[] FactorsOf(MatrixFactorizationTrainer.LossFunctionType loss, Element[] elements)
        {
            var context = new MLContext(1);
            MatrixFactorizationTrainer trainer = context.Recommendation().Trainers.MatrixFactorization(new MatrixFactorizationTrainer.Options
            {
                MatrixColumnIndexColumnName = "Column", MatrixRowIndexColumnName = "Row", LabelColumnName = "Label", LossFunction = loss, NumberOfThreads = 1, Quiet = true,
            });
            return [.. trainer.Fit(context.Data.LoadFromEnumerable(elements)).Model.LeftFactorMatrix];
        }
    }

    [Fact]
    public void Regression_recovers_a_low_rank_matrix_from_a_part()
    {
        static bool Held(int u, int v) => (u + 3 * v) % 5 == 0;
        MatrixFactorizationModelParameters model = Fit(Pairs((u, v) => !Held(u, v)), options => (options.NumberOfIterations, options.Lambda) = (1_000, 0.002));
        (int Row, int Column)[] held = [.. Pairs(Held)];
        double mean = held.Average(pair => Truth[pair.Row, pair.Column]);
        double error = Math.Sqrt(held.Average(pair => Math.Pow(Truth[pair.Row, pair.Column] - Score(model, pair.Row, pair.Column), 2)));
        double spread = Math.Sqrt(held.Average(pair => Math.Pow(Truth[pair.Row, pair.Column] - mean, 2)));
        Assert.InRange(error, 0, spread / 5);
    }

    [Fact]
    public void Rows_that_take_no_part_are_told_in_the_log()
    {
        var context = new MLContext(1);
        var warnings = new List<string>();
        context.Log += (_, e) =>
        {
            if (e.Kind == ChannelMessageKind.Warning)
                warnings.Add(e.Message);
        };
        Fit([(0, 0), (1, 1), (Rows, 0), (0, Columns)], options => options.NumberOfIterations = 1, context);
        Assert.Contains("2", Assert.Single(warnings), StringComparison.Ordinal);
    }
}
