using System.Collections.Concurrent;
using Trainers.PairwiseRanking;

namespace Tests.Trainers.PairwiseRanking;

public sealed class DiagonalCellsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(5, 2)]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    [InlineData(8, 8)]
    public void Blocks_meet_in_one_order_and_never_two_at_a_time(int blocks, int threads)
    {
        var rows = new ConcurrentQueue<int>[blocks];
        var columns = new ConcurrentQueue<int>[blocks];
        for (int i = 0; i < blocks; i++)
            (rows[i], columns[i]) = (new ConcurrentQueue<int>(), new ConcurrentQueue<int>());
        int[] rowsAtWork = new int[blocks], columnsAtWork = new int[blocks];
        DiagonalCells.Run(blocks, threads, (block, round) =>
        {
            int column = (block + round) % blocks;
            Assert.Equal(1, Interlocked.Increment(ref rowsAtWork[block]));
            Assert.Equal(1, Interlocked.Increment(ref columnsAtWork[column]));
            Thread.SpinWait(100 * (1 + ((block * 5 + round * 3) % 7)));
            rows[block].Enqueue(column);
            columns[column].Enqueue(block);
            Interlocked.Decrement(ref rowsAtWork[block]);
            Interlocked.Decrement(ref columnsAtWork[column]);
        }, CancellationToken.None);
        for (int i = 0; i < blocks; i++)
        {
            Assert.Equal(Enumerable.Range(0, blocks).Select(round => (i + round) % blocks), rows[i]);
            Assert.Equal(Enumerable.Range(0, blocks).Select(round => (i - round + blocks) % blocks), columns[i]);
        }
    }

    [Fact]
    public void A_cell_that_fails_ends_all()
    {
        var thrown = Assert.Throws<AggregateException>(() => DiagonalCells.Run(4, 2, (block, round) =>
        {
            if (block == 2 && round == 1)
                throw new InvalidOperationException("cell");
        }, CancellationToken.None));
        Assert.Equal("cell", Assert.Single(thrown.InnerExceptions).Message);
    }

    [Fact]
    public void It_stops_when_asked_to()
    {
        using var source = new CancellationTokenSource();
        int begun = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => DiagonalCells.Run(8, 2, (_, _) =>
        {
            if (Interlocked.Increment(ref begun) == 5)
                source.Cancel();
        }, source.Token));
        Assert.InRange(begun, 5, 7);
    }
}
