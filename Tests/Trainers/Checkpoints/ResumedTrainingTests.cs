using Tests.Data;
using Tests.Trainers.Kernels;
using Trainers;
using Trainers.Checkpoints;
using Trainers.SelfAttention;

namespace Tests.Trainers.Checkpoints;

/// <summary>What the contract of all trainers does not cover: sizes at which work is divided, and options that bound the length.</summary>
public sealed class ResumedTrainingTests : IDisposable
{
    private static readonly Interactions Large = Planted.Interactions(users: 700, items: 700, seed: 4);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private TrainingCheckpoint Place(bool keep = false) => new(_folder["state"], TimeSpan.Zero, keep);

    private static ItemEmbeddings StopAfter(int epoch, IItemEmbeddingTrainer trainer, Interactions interactions, TrainingRun run)
    {
        var log = new ProgressLog { CancelAfter = epoch };
        return trainer.Train(interactions, run with { Progress = log, Cancellation = log.Cancellation });
    }

    public static TheoryData<IItemEmbeddingTrainer> Trainers =>
    [
        new MatrixFactorization(new() { Dimension = 20, Iterations = 4 }),
        new MatrixFactorization(new() { Dimension = 20, BlockSize = 8, Iterations = 4 }),
        new MatrixFactorization(new() { Algorithm = FactorizationAlgorithm.Bpr, Dimension = 20, Epochs = 4, NegativeExponent = 0.5 }),
        new Item2Vec(new() { Dimension = 20, Epochs = 4, Subsampling = 1e-3, MaxPairs = 40 }),
        new Fism(new() { Dimension = 20, Epochs = 4, Variant = FismVariant.Auc }),
        new Sasrec(new() { Dimension = 20, Epochs = 4, Patience = 1, LearningRate = 0.02 }),
    ];

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Blocks_that_are_dealt_anew_in_each_epoch_come_out_the_same(IItemEmbeddingTrainer trainer)
    {
        float[] expected = trainer.Train(Large, new TrainingRun(Seed: 3)).Values;
        Assert.ThrowsAny<OperationCanceledException>(() => StopAfter(2, trainer, Large, new TrainingRun(3, Threads: 3) { Checkpoint = Place() }));
        Some.SameBits(expected, trainer.Train(Large, new TrainingRun(3, Threads: 2) { Checkpoint = Place() }).Values);
    }

    [Fact]
    public void Validation_items_decide_the_same_after_going_on()
    {
        var trainer = new Sasrec(new() { Dimension = 20, Epochs = 4, Patience = 1, LearningRate = 0.02 });
        var run = new TrainingRun(3) { Validation = Enumerable.Range(0, 700).Select(user => user % 4 + 4 * (user % 9)).ToArray() };
        ItemEmbeddings expected = trainer.Train(Large, run);
        Assert.ThrowsAny<OperationCanceledException>(() => StopAfter(1, trainer, Large, run with { Checkpoint = Place() }));
        Some.SameBits(expected.Values, trainer.Train(Large, run with { Threads = 2, Checkpoint = Place() }).Values);
    }

    [Fact]
    public void A_training_that_ran_out_of_patience_is_not_taken_up_again()
    {
        var options = new SasrecOptions { Dimension = 8, LearningRate = 0.05, Dropout = 0, Patience = 2, Epochs = 200 };
        var log = new ProgressLog();
        var first = (SasrecEmbeddings)new Sasrec(options).Train(Large, new TrainingRun(Progress: log) { Checkpoint = Place(keep: true) });
        Assert.Equal(first.BestEpoch + 2, log.Count);
        Assert.Equal(first.ValidationNdcg, log.Max(report => report.Validation!.Value.Value));
        Assert.All(log, report => Assert.Equal("tokens", report.Work!.Value.Unit));

        var more = new ProgressLog();
        var again = (SasrecEmbeddings)new Sasrec(options with { Epochs = 300 }).Train(Large, new TrainingRun(Progress: more) { Checkpoint = Place(keep: true) });
        Assert.Empty(more);
        Assert.Equal((first.BestEpoch, first.ValidationNdcg), (again.BestEpoch, again.ValidationNdcg));
        Some.SameBits(first.Values, again.Values);
    }

    public static TheoryData<Func<int, IItemEmbeddingTrainer>, bool> Lengths => new()
    {
        { epochs => new Sasrec(new() { Dimension = 8, Epochs = epochs }), true },
        { epochs => new Fism(new() { Dimension = 8, Epochs = epochs }), true },
        { epochs => new MatrixFactorization(new() { Dimension = 8, Iterations = epochs }), true },
        { epochs => new MatrixFactorization(new() { Algorithm = FactorizationAlgorithm.Bpr, Dimension = 8, Epochs = epochs }), false },
        { epochs => new Item2Vec(new() { Dimension = 8, Epochs = epochs }), false },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void More_epochs_go_on_where_the_schedule_does_not_depend_on_them(Func<int, IItemEmbeddingTrainer> trainer, bool extends)
    {
        trainer(3).Train(Large, new TrainingRun { Checkpoint = Place(keep: true) });
        if (!extends)
        {
            string refusal = Assert.Throws<UserErrorException>(() => trainer(5).Train(Large, new TrainingRun { Checkpoint = Place() })).Message;
            Assert.Contains("with `epochs` 3 (now 5): ", refusal, StringComparison.Ordinal);
            return;
        }

        var log = new ProgressLog();
        float[] longer = trainer(5).Train(Large, new TrainingRun(Progress: log) { Checkpoint = Place() }).Values;
        Assert.Equal([4, 5], log.Select(report => report.Epoch));
        Some.SameBits(trainer(5).Train(Large, new TrainingRun()).Values, longer);
    }
}
