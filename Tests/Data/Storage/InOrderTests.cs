using Data.Storage;

namespace Tests.Data.Storage;

public class InOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Results_come_in_the_order_of_the_source(int threads)
    {
        var results = new List<int>();
        InOrder.Run(Enumerable.Range(0, 500), threads, Slowly, results.Add, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 500), results);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_first_error_of_the_source_is_the_one_that_is_thrown(int threads)
    {
        for (int round = 0; round < 20; round++)
        {
            var results = new List<int>();
            var error = Assert.Throws<InvalidDataException>(() => InOrder.Run(
                Enumerable.Range(0, 100),
                threads,
                block => block is 37 or 38 or 44 ? throw new InvalidDataException($"{block}") : Slowly(block),
                results.Add,
                TestContext.Current.CancellationToken));
            Assert.Equal("37", error.Message);
            Assert.Equal(Enumerable.Range(0, 37), results);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_error_of_the_sink_ends_it(int threads)
    {
        var results = new List<int>();
        var error = Assert.Throws<InvalidDataException>(() => InOrder.Run(
            Enumerable.Range(0, 100),
            threads,
            Slowly,
            block =>
            {
                if (block == 12)
                    throw new InvalidDataException("12");
                results.Add(block);
            },
            TestContext.Current.CancellationToken));
        Assert.Equal("12", error.Message);
        Assert.Equal(Enumerable.Range(0, 12), results);
    }

    [Fact]
    public void An_error_of_the_source_is_thrown_after_what_came_before_it()
    {
        var results = new List<int>();
        Assert.Throws<InvalidDataException>(() => InOrder.Run(Broken(), 3, Slowly, results.Add, TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(0, 10), results);

        static IEnumerable<int> Broken()
        {
            for (int i = 0; i < 10; i++)
                yield return i;
            throw new InvalidDataException();
        }
    }

    [Fact]
    public void Cancellation_ends_it()
    {
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => InOrder.Run(
            Enumerable.Range(0, int.MaxValue), 3, Slowly, block => { if (block == 50) cancellation.Cancel(); }, cancellation.Token));
    }

    private static int Slowly(int block)
    {
        Thread.SpinWait(block * 7919 % 2000);
        return block;
    }
}
