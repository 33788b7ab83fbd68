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
    [InlineData(FismVariant.Softmax, 0.095, 0.046)] // The default.
    [InlineData(FismVariant.Rmse, 0.086, 0.042)]
    public void Fism_ranks_as_well_as_it_should(FismVariant variant, double leastHit, double leastNdcg) =>
        AssertRanks(new Fism(new FismOptions { Variant = variant }), leastHit, leastNdcg);

    [Fact]
    public void Bpr_ranks_as_well_as_it_should() => AssertRanks(
        new MatrixFactorization(new MatrixFactorizationOptions { Algorithm = FactorizationAlgorithm.Bpr, NegativeExponent = 0.5, Scoring = PairwiseScoring.Mean, LastItems = 10 }),
        leastHit: 0.11, leastNdcg: 0.055);

    [Fact]
    public void Libmf_ranks_as_well_as_it_should() => AssertRanks(
        new MatrixFactorization(new MatrixFactorizationOptions { Algorithm = FactorizationAlgorithm.Libmf, Iterations = 4 }), leastHit: 0.092, leastNdcg: 0.046);

    [Fact]
    public void Item2vec_ranks_as_well_as_it_should() => AssertRanks(new Item2Vec(new Item2VecOptions { Window = 5, Epochs = 10 }), leastHit: 0.125, leastNdcg: 0.062);

    private static void AssertRanks(IItemEmbeddingTrainer trainer, double leastHit, double leastNdcg)
    {
        MovieLens1M data = MovieLens1M.Load();
        var scorer = (IHistoryScorer)trainer.Train(data.Training(), new TrainingRun(Threads: 2, Cancellation: TestContext.Current.CancellationToken));
        (double hit, double ndcg) = data.TestAt10(scorer);
        TestContext.Current.TestOutputHelper?.WriteLine($"HR@10 {hit:0.0000}, NDCG@10 {ndcg:0.0000}");
        Assert.InRange(hit, leastHit, 1);
        Assert.InRange(ndcg, leastNdcg, 1);
    }
}
