using Workbench.Cluster.Slurm;
using Workbench.Experiments;

namespace Tests.Workbench.Cluster.Slurm;

public sealed class ResubmissionTests
{
    private static readonly TrialClass Small = new(1L << 30, 30, "small"), Large = new(8L << 30, null, "large");

    private static readonly SlurmOptions Options = new() { Retries = 2, MaxMemory = new MemorySize(3L << 30) };

    private static SlurmAccount Account(params ArrayTask[] ended) => new()
    {
        Submissions = [new Submission("1.sh", Small, [0, 1], 10), new Submission("2.sh", Large, [2], 11)],
        Ended = ended,
    };

    private static ArrayTask Ended(long job, int slot, string state, string exit = "") => new(job, slot, state, "n", exit, 1, "");

    private static Resubmission Of(SlurmAccount account, int trials = 0) => Resubmission.Of(account, Options, _ => trials);

    private static (TrialClass Class, int Slot)[] Again(SlurmAccount account, int trials = 0) => [.. Of(account, trials).Again.SelectMany(one => one.Slots.Select(slot => (one.Class, slot)))];

    [Fact]
    public void While_workers_run_nothing_is_at_its_end()
    {
        Assert.Equal(([], false), (Again(Account()), Of(Account()).IsEnd));
        Assert.False(Of(Account(Ended(10, 0, "FAILED", "2:0"))).IsEnd);
        Assert.True(Of(Account(Ended(10, 0, "FAILED", "2:0"), Ended(10, 1, "FAILED", "127:0"), Ended(11, 2, "REFUSED"))).IsEnd);
    }

    [Theory]
    [InlineData("NODE_FAIL", "", 1, 30)]
    [InlineData("TIMEOUT", "0:15", 1, 60)]
    [InlineData("OUT_OF_MEMORY", "0:125", 2, 30)]
    public void What_was_taken_away_comes_again_with_what_it_lacked(string state, string exit, int gibibytes, int minutes) =>
        Assert.Equal([(Small with { Memory = (long)gibibytes << 30, Minutes = minutes }, 0)], Again(Account(Ended(10, 0, state, exit))));

    [Fact]
    public void What_fails_by_itself_comes_again_only_if_it_had_done_something()
    {
        SlurmAccount account = Account(Ended(10, 0, "FAILED", "1:0"));
        Assert.Empty(Again(account));
        Assert.Equal([(Small, 0)], Again(account, trials: 3));
    }

    [Fact]
    public void Nobody_is_submitted_where_one_has_found_nothing_left() =>
        Assert.Empty(Again(Account(Ended(10, 1, "COMPLETED", "0:0"), Ended(10, 0, "NODE_FAIL"))));

    [Fact]
    public void What_is_too_large_waits_for_a_greater_worker_or_becomes_one()
    {
        Assert.Empty(Again(Account(Ended(10, 0, "FAILED", "75:0"))));
        Assert.Equal([(Small.WithMemory(2L << 30), 0)], Again(Account(Ended(10, 0, "FAILED", "75:0"), Ended(11, 2, "FAILED", "2:0"))));
    }

    [Fact]
    public void It_ends()
    {
        // A worker is lost again and again; memory grows to its bound and no further.
        SlurmAccount account = Account(Ended(11, 2, "FAILED", "2:0"), Ended(10, 1, "FAILED", "2:0"), Ended(10, 0, "NODE_FAIL"));
        int times = 0;
        for (; Of(account).Again is [var (again, slots)]; times++)
        {
            account = account.With(new Submission($"{times + 3}.sh", again, slots, 20 + times));
            account = account with { Ended = [.. account.Ended, Ended(20 + times, 0, "NODE_FAIL")] };
        }

        Assert.Equal((Options.Retries, true), (times, Of(account).IsEnd));
        Assert.Equal(3L << 30, Small.Greater(Options.MaxMemory)!.Greater(Options.MaxMemory)!.Memory);
        Assert.Null(Small.Greater(Options.MaxMemory)!.Greater(Options.MaxMemory)!.Greater(Options.MaxMemory));
    }
}
