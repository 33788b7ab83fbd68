using Workbench.Studies;

namespace Tests.Workbench.Studies;

public sealed class SqliteTrialStoreTests : TrialStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly List<(ITrialStore Store, SteppedClock Clock)> _clocks = [];

    private string PathOf(string study = "study") => Path.Combine(_folder, $"{study}.db");

    private protected override ITrialStore Open(string study = "study")
    {
        var clock = new SteppedClock();
        SqliteTrialStore store = SqliteTrialStore.Open(PathOf(study), clock);
        _clocks.Add((store, clock));
        return store;
    }

    private protected override void Presume(ITrialStore dead)
    {
        foreach ((_, SteppedClock clock) in _clocks.Where(one => one.Store != dead))
        {
            clock.Now += TimeSpan.FromSeconds(61);
            clock.Tick();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void What_a_program_without_a_heartbeat_held_is_free_after_a_minute()
    {
        var (stopped, running) = (new SteppedClock(), new SteppedClock());
        using SqliteTrialStore one = SqliteTrialStore.Open(PathOf(), stopped), other = SqliteTrialStore.Open(PathOf(), running);
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        running.Now += TimeSpan.FromSeconds(59);
        Assert.True(other.Take("a", TrialRecord.Row, "A").Busy);
        stopped.Now += TimeSpan.FromSeconds(30);
        stopped.Tick();
        running.Now += TimeSpan.FromSeconds(30);
        Assert.True(other.Take("a", TrialRecord.Row, "A").Busy);
        running.Now += TimeSpan.FromSeconds(1);
        Assert.True(other.Take("a", TrialRecord.Row, "A").Mine);
    }

    private sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public Action Tick { get; private set; } = () => { };

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Tick = () => callback(state);
            return base.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    [Fact]
    public void Another_file_is_left_alone()
    {
        File.WriteAllText(PathOf(), "no database, but something of somebody's that is long enough to look at");
        StudyException error = Assert.Throws<StudyException>(() => SqliteTrialStore.Open(PathOf()));
        Assert.Contains("is no study, or is damaged", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.StartsWith("no database", File.ReadAllText(PathOf()), StringComparison.Ordinal);
    }
}
