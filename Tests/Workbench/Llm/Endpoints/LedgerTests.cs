using FsCheck;
using FsCheck.Fluent;
using Trainers.Sampling;
using Workbench.Llm.Endpoints;

namespace Tests.Workbench.Llm.Endpoints;

/// <summary>The budget holds whatever the calls cost and in whatever order they end.</summary>
public sealed class LedgerTests
{
    [Fact]
    public async Task Nothing_is_spent_beyond_the_budget_by_any_number_of_callers()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new SplitMix64(seed);
            long budget = random.NextInt(5000);
            var ledger = new Ledger(new Budget(0.004, budget), new Prices(1, 2));
            int[] sizes = [.. Enumerable.Range(0, 200).Select(_ => 1 + random.NextInt(100))];
            int[] used = [.. sizes.Select(size => random.NextInt(size + 1))];
            int next = -1;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Increment(ref next) is var call && call < sizes.Length)
                {
                    var most = new TokenCount(sizes[call], 10);
                    if (!await ledger.ReserveAsync(most, TestContext.Current.CancellationToken))
                        return;
                    await Task.Yield();
                    ledger.Settle(most, new TokenCount(used[call], 5));
                }
            })));
            Assert.InRange(ledger.Spent.Total, 0, budget);
            Assert.True(ledger.Prices.Of(ledger.Spent) <= 0.004);
        }
    }

    [Fact]
    public async Task A_call_waits_for_what_others_may_give_back()
    {
        var ledger = new Ledger(new Budget(null, 100), new Prices(null, null));
        Assert.True(await ledger.ReserveAsync(new TokenCount(60, 0), default));
        Task<bool> second = ledger.ReserveAsync(new TokenCount(60, 0), default).AsTask();
        Assert.False(second.IsCompleted);
        ledger.Settle(new TokenCount(60, 0), new TokenCount(30, 0));
        Assert.True(await second);
        ledger.Settle(new TokenCount(60, 0), new TokenCount(50, 0));
        Assert.False(await ledger.ReserveAsync(new TokenCount(21, 0), default));
        Assert.True(await ledger.ReserveAsync(new TokenCount(20, 0), default));
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        var ledger = new Ledger(new Budget(null, 10), new Prices(null, null));
        Assert.True(await ledger.ReserveAsync(new TokenCount(10, 0), default));
        using var cancellation = new CancellationTokenSource();
        Task<bool> waiting = ledger.ReserveAsync(new TokenCount(1, 0), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task An_attempt_without_an_answer_counts_as_the_most_it_can_have_cost()
    {
        var ledger = new Ledger(new Budget(null, 250), new Prices(null, null));
        var most = new TokenCount(80, 20);
        Assert.True(await ledger.ReserveAsync(most, default));
        Assert.True(ledger.Lose(most));
        Assert.False(ledger.Lose(most));
        ledger.Settle(most, default);
        Assert.Equal(200, ledger.Spent.Total);
    }

    [Fact]
    public void A_text_has_no_more_tokens_than_bytes() => Prop.ForAll<NonNull<string>>(
        text => TokenCount.About(text.Get) <= TokenCount.AtMost(System.Text.Encoding.UTF8.GetBytes(text.Get))).QuickCheckThrowOnFailure();
}
