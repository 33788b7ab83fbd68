using Workbench.Studies;

namespace Tests.Workbench.Studies;

public sealed class SqliteTrialStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string PathOf => Path.Combine(_folder, "study.db");

    private static TrialRecord Trial(string key, double? value = 0.5, string? failure = null) => new(key, TrialRecord.Row, $"label of {key}", failure, value, 1.5, null, "{\"a\":1}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_trial_is_taken_once_and_answered_when_it_is_done()
    {
        using SqliteTrialStore one = SqliteTrialStore.Open(PathOf), other = SqliteTrialStore.Open(PathOf);
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        Assert.Equal(new TrialTaking(null, Busy: true), other.Take("a", TrialRecord.Row, "A"));
        Assert.Equal(new TrialTaking(null, Busy: true), one.Take("a", TrialRecord.Row, "A"));
        Assert.Equal(["row: A"], other.AtWork());
        one.Finish(Trial("a"));
        Assert.Equal(new TrialTaking(Trial("a"), Busy: false), other.Take("a", TrialRecord.Row, "A"));
        Assert.Equal([Trial("a")], other.Done());
        Assert.Empty(one.AtWork());
    }

    [Fact]
    public void What_is_given_back_is_anybodys()
    {
        using SqliteTrialStore one = SqliteTrialStore.Open(PathOf), other = SqliteTrialStore.Open(PathOf);
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        one.GiveBack("a");
        Assert.True(other.Take("a", TrialRecord.Row, "A").Mine);
    }

    [Fact]
    public void What_a_program_held_is_free_when_it_has_gone()
    {
        using SqliteTrialStore other = SqliteTrialStore.Open(PathOf);
        using (SqliteTrialStore one = SqliteTrialStore.Open(PathOf))
            Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        Assert.Empty(other.AtWork());
        Assert.True(other.Take("a", TrialRecord.Row, "A").Mine);
    }

    [Fact]
    public void What_a_program_without_a_heartbeat_held_is_free_and_its_result_comes_too_late()
    {
        var (stopped, running) = (new StoppedClock(), new StoppedClock());
        using SqliteTrialStore one = SqliteTrialStore.Open(PathOf, stopped), other = SqliteTrialStore.Open(PathOf, running);
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        running.Now += TimeSpan.FromSeconds(59);
        Assert.True(other.Take("a", TrialRecord.Row, "A").Busy);
        stopped.Now += TimeSpan.FromSeconds(30);
        stopped.Tick();
        running.Now += TimeSpan.FromSeconds(30);
        Assert.True(other.Take("a", TrialRecord.Row, "A").Busy);
        running.Now += TimeSpan.FromSeconds(1);
        Assert.True(other.Take("a", TrialRecord.Row, "A").Mine);
        one.Finish(Trial("a", 0.1));
        Assert.Empty(one.Done());
        other.Finish(Trial("a", 0.2));
        Assert.Equal(0.2, Assert.Single(one.Done()).Value);
    }

    private sealed class StoppedClock : TimeProvider
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
    public void Only_who_holds_a_trial_can_finish_it()
    {
        using SqliteTrialStore one = SqliteTrialStore.Open(PathOf), other = SqliteTrialStore.Open(PathOf);
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        other.Finish(Trial("a", 0.1));
        other.GiveBack("a");
        Assert.Empty(one.Done());
        one.Finish(Trial("a", 0.2));
        one.Finish(Trial("a", 0.3));
        Assert.Equal(0.2, Assert.Single(other.Done()).Value);
    }

    [Fact]
    public void Trials_that_failed_or_have_no_value_are_kept_as_they_are_and_can_be_forgotten()
    {
        using SqliteTrialStore store = SqliteTrialStore.Open(PathOf);
        foreach (TrialRecord trial in (TrialRecord[])[Trial("b", null, "it diverged"), Trial("a", 0.25), Trial("a", 0.75)])
        {
            store.Take(trial.Key, trial.Kind, trial.Label);
            store.Finish(trial);
        }

        Assert.Equal(Trial("a", 0.25), store.Find("a"));
        Assert.Null(store.Find("c"));
        Assert.Equal([Trial("b", null, "it diverged"), Trial("a", 0.25)], store.Done());
        store.Forget(["b"]);
        Assert.True(store.Take("b", TrialRecord.Row, "B").Mine);
    }

    [Fact]
    public void Notes_are_kept()
    {
        using SqliteTrialStore store = SqliteTrialStore.Open(PathOf);
        Assert.Null(store.Note("yaml"));
        store.SetNote("yaml", "name: a");
        store.SetNote("yaml", "name: b");
        Assert.Equal("name: b", store.Note("yaml"));
    }

    [Fact]
    public void Another_file_is_left_alone()
    {
        File.WriteAllText(PathOf, "no database, but something of somebody's that is long enough to look at");
        StudyException error = Assert.Throws<StudyException>(() => SqliteTrialStore.Open(PathOf));
        Assert.Contains("is no study, or is damaged", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.StartsWith("no database", File.ReadAllText(PathOf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_threads_of_two_programs_one_gets_each_trial()
    {
        using SqliteTrialStore one = SqliteTrialStore.Open(PathOf), other = SqliteTrialStore.Open(PathOf);
        int[] taken = new int[20];
        await Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, (thread, _) =>
        {
            SqliteTrialStore store = thread % 2 == 0 ? one : other;
            for (int i = 0; i < taken.Length; i++)
            {
                if (!store.Take($"key {i}", TrialRecord.Row, "").Mine)
                    continue;
                Interlocked.Increment(ref taken[i]);
                store.Finish(Trial($"key {i}"));
            }

            return ValueTask.CompletedTask;
        });
        Assert.All(taken, count => Assert.Equal(1, count));
        Assert.Equal(20, one.Done().Count);
    }
}
