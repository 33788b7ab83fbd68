using Trainers;
using Trainers.FactoredSimilarity;
using Trainers.Kernels;
using Trainers.LeastSquares;

namespace Tests.Trainers.FactoredSimilarity;

/// <summary>The two passes over a batch against the scalar twin in double, which has its own proof.</summary>
public sealed class FismGradientTwinTests
{
    private const int Dimension = 19;

    [Theory]
    [InlineData(FismVariant.Auc, false, 1)]
    [InlineData(FismVariant.Rmse, false, 2)]
    [InlineData(FismVariant.Softmax, true, 3)]
    [InlineData(FismVariant.Softmax, false, 1)]
    public void A_batch_has_the_gradient_of_its_users(FismVariant variant, bool tied, int threads)
    {
        const double alpha = 0.4;
        Interactions interactions = Planted.Interactions(users: 23, items: 37, seed: 4);
        PositiveMatrix positives = PositiveMatrix.Of(interactions, null);
        int[] candidates = [.. Enumerable.Range(0, 36)], users = [.. Enumerable.Range(0, 23).Where(user => positives[user].Length > 1).Reverse()];
        var tables = new FismTables(37, Dimension, tied, biased: true);
        tables.Initialize(candidates, 0.5, seed: 9);
        var random = new Random(5);
        foreach (int item in candidates)
            tables.Biases[item] = random.NextSingle();

        var batch = new UserBatch(positives, candidates);
        var fast = new FismGradient(tables, variant, alpha, users.Length);
        batch.Fill(users.AsSpan(0, 7), n => 5 * n, seed: 2); // What a batch held before must not matter.
        fast.Forward(batch, new ParallelOptions());
        batch.Fill(users, n => variant == FismVariant.Softmax ? 11 : 2 * n, seed: 3);
        double loss = fast.Forward(batch, new ParallelOptions { MaxDegreeOfParallelism = threads });

        double[] p = Table(tables.History), q = Table(tables.Target), b = [.. tables.Biases.Select(x => (double)x)];
        double[] dp = new double[p.Length], dq = new double[p.Length], db = new double[37];
        var twin = new FismScalar<double>(variant, alpha, Dimension);
        double expected = 0;
        for (int place = 0; place < users.Length; place++)
        {
            ReadOnlySpan<int> items = batch.ItemsOf(place);
            int n = batch.PositivesOf(place);
            Assert.Equal(positives[users[place]].ToArray(), items[..n].ToArray());
            Assert.DoesNotContain(items[n..].ToArray(), item => positives[users[place]].Contains(item));
            expected += twin.Add(p, q, b, items[..n], items[n..], dp, dq, db);
        }

        Assert.Equal(expected, loss, 1e-5 * expected);
        Assert.Equal(users.Sum(user => positives[user].Length), batch.PositiveCount);
        double scale = Math.Sqrt(dp.Concat(dq).Concat(db).Sum(g => g * g)), error = 0;
        float[] history = new float[tables.Stride], target = new float[tables.Stride];
        for (int item = 0; item < 37; item++)
        {
            float bias = batch.Has(item) ? fast.OfItem(batch, item, history, target) : 0;
            if (!batch.Has(item))
                (history, target) = (new float[tables.Stride], new float[tables.Stride]);
            error += Math.Pow(bias - db[item], 2);
            for (int k = 0; k < Dimension; k++)
                error += Math.Pow(history[k] - dp[item * Dimension + k], 2) + Math.Pow(target[k] - dq[item * Dimension + k], 2);
        }

        Assert.InRange(Math.Sqrt(error) / scale, 0, 1e-5);

        static double[] Table(AlignedFloats values) => [.. Padding.Unpad(values.Span, 37, Dimension).Select(x => (double)x)];
    }

    [Fact]
    public void Negatives_are_uniform_over_what_the_user_has_not()
    {
        PositiveMatrix positives = PositiveMatrix.Of(Planted.Of(8, [[0, 2, 5], [1, 3]]), null);
        var batch = new UserBatch(positives, [0, 1, 2, 3, 5, 7]);
        batch.Fill([0, 1], _ => 30_000, seed: 1);
        var counts = new int[8];
        foreach (int item in batch.ItemsOf(0)[3..])
            counts[item]++;
        Assert.Equal([0, 0, 0, 0], [counts[0], counts[2], counts[5], counts[4] + counts[6]]);
        Assert.All((int[])[1, 3, 7], item => Assert.InRange(counts[item], 9_500, 10_500));

        int[] first = batch.ItemsOf(0).ToArray();
        batch.Fill([1, 0], _ => 30_000, seed: 1);
        Assert.Equal(first, batch.ItemsOf(1).ToArray());
    }
}
