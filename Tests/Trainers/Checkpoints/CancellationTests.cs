using System.Diagnostics;
using Trainers;

namespace Tests.Trainers.Checkpoints;

/// <summary>Every trainer can be stopped in the middle of an epoch.</summary>
public sealed class CancellationTests
{
    // An epoch takes most of these far longer than they may take to end.
    public static TheoryData<string, IItemEmbeddingTrainer, Interactions> LongEpochs()
    {
        Interactions dense = Dense(users: 1_500, items: 3_000, each: 1_000);
        return new()
        {
            { "ials", new MatrixFactorization(new() { Dimension = 1024, Iterations = 1_000 }), dense },
            { "bpr", new MatrixFactorization(new() { Algorithm = FactorizationAlgorithm.Bpr, Dimension = 1024, Epochs = 1_000 }), dense },
            { "bpr in one block", new MatrixFactorization(new() { Algorithm = FactorizationAlgorithm.Bpr, Dimension = 1024, Epochs = 1_000 }), Dense(users: 60_000, items: 120, each: 60) },
            { "item2vec", new Item2Vec(new() { Dimension = 1024, MaxPairs = 100_000_000, Epochs = 1_000 }), dense },
            { "fism", new Fism(new() { Dimension = 1024, Negatives = 10_000, Epochs = 1_000 }), dense },
            { "sasrec", new Sasrec(new() { Dimension = 512, MaxLength = 1_000, Epochs = 1_000, BatchSize = 65_536 }), dense },
        };
    }

    private static Interactions Dense(int users, int items, int each) =>
        Planted.Of(items, [.. Enumerable.Range(0, users).Select(user => (IReadOnlyList<int>)[.. Enumerable.Range(0, each).Select(i => (user * 7 + i * 2) % (items - 1))])]);

    [Theory]
    [MemberData(nameof(LongEpochs))]
    public async Task It_ends_soon(string what, IItemEmbeddingTrainer trainer, Interactions interactions)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var began = new TaskCompletionSource();
        Task training = Task.Run(() =>
        {
            began.SetResult();
            trainer.Train(interactions, new TrainingRun(Threads: 2, Cancellation: source.Token));
        }, CancellationToken.None);
        await began.Task;
        await Task.Delay(1_000, TestContext.Current.CancellationToken);
        Assert.False(training.IsCompleted, $"{what} ended by itself");
        var clock = Stopwatch.StartNew();
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => training);
        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {clock.ElapsedMilliseconds} ms");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{what} took {clock.Elapsed}");
    }
}
