using Tests.Trainers.Kernels;
using Trainers;

namespace Tests.Trainers.Libmf;

/// <summary>The contract of every trainer, for the algorithm that is not its trainer's default.</summary>
public sealed class LibmfFactorizationTests
{
    private static readonly Interactions Data = Planted.Interactions(users: 80, items: 33, seed: 6);

    private static readonly MatrixFactorizationOptions Options = new() { Algorithm = FactorizationAlgorithm.Libmf, Dimension = 8, Iterations = 5 };

    private static ItemEmbeddings Train(Interactions? data = null, TrainingRun? run = null, MatrixFactorizationOptions? options = null) =>
        new MatrixFactorization(options ?? Options).Train(data ?? Data, run ?? new TrainingRun());

    [Fact]
    public void One_seed_gives_one_result_whatever_the_threads_and_another_seed_another()
    {
        float[] expected = Train().Values;
        Some.SameBits(expected, Train(run: new TrainingRun(Threads: 3)).Values);
        Assert.NotEqual(expected, Train(run: new TrainingRun(Seed: 2)).Values);
    }

    [Fact]
    public void Only_items_that_nobody_has_are_zero_and_more_of_them_change_nothing()
    {
        ItemEmbeddings embeddings = Train();
        int[] counts = Data.CountItems();
        Assert.Contains(0, counts);
        for (int item = 0; item < counts.Length; item++)
            Assert.Equal(counts[item] == 0, embeddings[item].IndexOfAnyExcept(0f) < 0);

        var wider = new Interactions(Data.UserCount, 50, Data.Offsets, Data.Columns.Items, Data.Columns.Ratings, Data.Columns.Times);
        Assert.Equal(embeddings.Values, Train(wider).Values.Take(embeddings.Values.Length));
    }

    public static TheoryData<int, string> Odd => new()
    {
        { 5, "|2|0 1 2||3|1 3" }, { 1, "0|0|" }, { 4, "2" }, { 6, "0 1 2 3 4" }, { 4, "0 0 0 1|1 1|2 0 2" }, { 50, "7 9|9 7 30|30 7" },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public void Odd_data_gives_finite_vectors_and_scores(int items, string histories)
    {
        int[][] users = [.. histories.Split('|').Select(user => user.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray())];
        ItemEmbeddings embeddings = Train(Planted.Of(items, users), options: Options with { Regularization = 1e-6 });
        Assert.All(embeddings.Values, value => Assert.True(float.IsFinite(value)));
        foreach (int[] history in (int[][])[[], [0], [.. Enumerable.Range(0, items)]])
        {
            var scores = new float[items];
            ((IHistoryScorer)embeddings).Score(history, 0, scores);
            Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        }
    }

    [Fact]
    public void What_it_cannot_do_is_told_in_one_line()
    {
        Assert.Equal("matrix-factorization with algorithm libmf needs an `unobserved_weight` above 0",
            Assert.Throws<UserErrorException>(() => Train(options: Options with { UnobservedWeight = 0 })).Message);
        Assert.Equal("matrix-factorization has no interactions to learn from", Assert.Throws<UserErrorException>(() => Train(Planted.Of(3, [[], []]))).Message);
        Assert.Contains("memory", Assert.Throws<UserErrorException>(() => Train(run: new TrainingRun(MemoryBytes: 1_000))).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<OperationCanceledException>(() => Train(run: new TrainingRun(Cancellation: new CancellationToken(canceled: true))));
    }

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    [Fact]
    public void Its_end_is_the_only_progress()
    {
        var reports = new List<TrainingProgress>();
        Train(run: new TrainingRun(Progress: new Reports(reports)));
        Assert.Equal([new TrainingProgress(5, 5, null)], reports);
    }
}
