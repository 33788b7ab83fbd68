using Trainers;

namespace Tests.Trainers;

/// <summary>Quality on real data: leave-last-out, full ranking, trained on all but the last two, the validation item in history and mask.</summary>
public sealed class MovieLens1MTests
{
    [Theory]
    [InlineData(0.1, 0.081, 0.090, 0.040, 0.046)] // The published setting; prototypes gave .081 to .086.
    [InlineData(0.5, 0.092, 0.106, 0.046, 0.054)] // The default, chosen on validation items.
    public void Ials_ranks_as_well_as_it_should(double unobservedWeight, double leastHit, double mostHit, double leastNdcg, double mostNdcg)
    {
        MovieLens1M data = MovieLens1M.Load();
        Assert.Equal((6040, 3416, 999_611), (data.UserCount, data.ItemCount, data.RatingCount));
        var options = new MatrixFactorizationOptions { UnobservedWeight = unobservedWeight };
        Assert.Equal((64, 16, 0.003, 1.0), (options.Dimension, options.Iterations, options.Regularization, options.RegularizationExponent));
        var run = new TrainingRun(Threads: 2, Cancellation: TestContext.Current.CancellationToken);
        var scorer = (IHistoryScorer)new MatrixFactorization(options).Train(data.Training(), run);
        (double hit, double ndcg) = data.TestAt10(scorer);
        TestContext.Current.TestOutputHelper?.WriteLine($"HR@10 {hit:0.0000}, NDCG@10 {ndcg:0.0000}");
        Assert.InRange(hit, leastHit, mostHit);
        Assert.InRange(ndcg, leastNdcg, mostNdcg);
    }

    [Theory]
    [InlineData(FismVariant.Softmax, 0.090, 0.108, 0.043, 0.053)] // The default.
    [InlineData(FismVariant.Rmse, 0.086, 0.108, 0.042, 0.053)]
    public void Fism_ranks_as_well_as_it_should(FismVariant variant, double leastHit, double mostHit, double leastNdcg, double mostNdcg)
    {
        MovieLens1M data = MovieLens1M.Load();
        var run = new TrainingRun(Threads: 2, Cancellation: TestContext.Current.CancellationToken);
        var scorer = (IHistoryScorer)new Fism(new FismOptions { Variant = variant }).Train(data.Training(), run);
        (double hit, double ndcg) = data.TestAt10(scorer);
        TestContext.Current.TestOutputHelper?.WriteLine($"HR@10 {hit:0.0000}, NDCG@10 {ndcg:0.0000}");
        Assert.InRange(hit, leastHit, mostHit);
        Assert.InRange(ndcg, leastNdcg, mostNdcg);
    }
}
