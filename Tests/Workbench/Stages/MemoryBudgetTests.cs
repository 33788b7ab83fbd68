using Workbench.Stages;

namespace Tests.Workbench.Stages;

public sealed class MemoryBudgetTests
{
    [Fact]
    public async Task Who_finds_no_room_waits_until_there_is_some()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var budget = new MemoryBudget(100);
        MemoryReservation one = budget.Begin();
        one.Grow(60, cancellation);
        using MemoryReservation other = budget.Begin();
        Task waits = Task.Run(() => other.Grow(60, cancellation), cancellation);
        await Task.Delay(50, cancellation);
        Assert.False(waits.IsCompleted);
        using (MemoryReservation small = budget.Begin())
            small.Grow(40, cancellation);
        Assert.False(waits.IsCompleted);
        one.Dispose();
        await waits.WaitAsync(TimeSpan.FromSeconds(10), cancellation);
    }

    [Fact]
    public void The_greatest_need_of_one_counts_and_alone_it_never_waits()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var budget = new MemoryBudget(100);
        using (MemoryReservation one = budget.Begin())
        {
            one.Grow(80, cancellation);
            one.Grow(50, cancellation);
            one.Grow(500, cancellation);
        }

        using MemoryReservation next = budget.Begin();
        next.Grow(100, cancellation);
    }

    [Fact]
    public async Task Two_that_hold_some_and_want_more_do_not_wait_for_ever()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var budget = new MemoryBudget(100);
        using var both = new Barrier(2);
        Task Grows() => Task.Run(() =>
        {
            using MemoryReservation mine = budget.Begin();
            mine.Grow(50, cancellation);
            both.SignalAndWait(cancellation);
            mine.Grow(90, cancellation);
        }, cancellation);
        await Task.WhenAll(Grows(), Grows()).WaitAsync(TimeSpan.FromSeconds(20), cancellation);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        var budget = new MemoryBudget(100);
        using MemoryReservation one = budget.Begin(), other = budget.Begin();
        one.Grow(60, TestContext.Current.CancellationToken);
        using var source = new CancellationTokenSource();
        Task waits = Task.Run(() => other.Grow(60, source.Token), TestContext.Current.CancellationToken);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }
}
