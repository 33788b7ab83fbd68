using System.Diagnostics;
using Workbench.Stages;

namespace Tests.Workbench.Stages;

public sealed class WaitingTests
{
    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(0.04, 0.02)]
    [InlineData(1, 0.25)]
    [InlineData(8, 2)]
    [InlineData(3600, 2)]
    public void A_pause_is_a_quarter_of_the_wait_so_far_within_bounds(double waited, double pause) =>
        Assert.Equal(TimeSpan.FromSeconds(pause), Waiting.PauseAfter(TimeSpan.FromSeconds(waited), TimeSpan.FromSeconds(2)));

    [Fact]
    public void Work_that_is_elsewhere_comes_again_once_it_is_free_and_all_is_done_by_somebody()
    {
        // Of 30 pieces another program has every third for a few looks.
        int looks = 0;
        var waiting = new Waiting(SmallRun.Context());
        var work = new SharedWork<int>(Enumerable.Range(0, 30), looked => looked.Where(piece => Interlocked.Increment(ref looks) < 25).ToHashSet(), waiting);
        var done = new System.Collections.Concurrent.ConcurrentBag<int>();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<int, bool>();
        var clock = Stopwatch.StartNew();
        Workers.Run(3, SmallRun.Context(), () =>
        {
            if (!work.TryNext(out int? next))
                return false;
            if (next is not { } piece)
                return true;
            if (piece % 3 == 0 && seen.TryAdd(piece, true))
                work.Elsewhere(piece);
            else
            {
                done.Add(piece);
                work.Done();
            }

            return true;
        });
        Assert.Equal(Enumerable.Range(0, 30), done.Order());
        Assert.True(looks >= 25);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_look_that_fails_loses_no_piece()
    {
        bool fails = true;
        var work = new SharedWork<int>([7], looked => fails ? throw new InvalidOperationException("x") : new HashSet<int>(), new Waiting(SmallRun.Context()));
        Assert.True(work.TryNext(out int? piece));
        work.Elsewhere(piece!.Value);
        Assert.Throws<InvalidOperationException>(() => work.TryNext(out _));
        fails = false;
        Assert.True(work.TryNext(out piece));
        Assert.Null(piece);
        Assert.True(work.TryNext(out piece));
        Assert.Equal(7, piece);
        Assert.False(work.TryNext(out _));
    }
}
