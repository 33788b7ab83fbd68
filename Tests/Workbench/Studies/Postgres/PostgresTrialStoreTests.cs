using Workbench.Studies;
using Workbench.Studies.Postgres;

namespace Tests.Workbench.Studies.Postgres;

[Collection("PostgreSQL")]
public sealed class PostgresTrialStoreTests : TrialStoreContract
{
    private static readonly PostgresTimes Quick = new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(20));

    private readonly PostgresServer _server = PostgresServer.Require();
    private readonly string _database;

    public PostgresTrialStoreTests() => _database = _server.NewDatabase();

    private protected override ITrialStore Open(string study = "study") => PostgresTrialStore.Open(_server.Address(_database), study);

    // A server that has just started gives every lease its whole length.
    private protected override void Presume(ITrialStore dead) =>
        _server.Execute(_database, FormattableString.Invariant($"UPDATE workbench.owners SET lease = interval '-1 day' WHERE id = {((PostgresTrialStore)dead).Owner}"));

    private PostgresTrialStore OpenQuick() => PostgresTrialStore.Open(_server.Address(_database), "study", Quick);

    private void Terminate() => _server.Execute(
        _database, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_database}' AND pid <> pg_backend_pid()");

    [Fact]
    public void A_program_that_beats_keeps_what_it_took_and_one_that_stopped_loses_it_after_its_lease()
    {
        using PostgresTrialStore one = OpenQuick(), other = OpenQuick();
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        Thread.Sleep(2500);
        Assert.True(other.Take("a", TrialRecord.Row, "A").Busy);
        one.StopBeating();
        Assert.True(other.Take("a", TrialRecord.Row, "A").Busy);
        Thread.Sleep(1800);
        Assert.True(other.Take("a", TrialRecord.Row, "A").Mine);
        one.Finish(Trial("a", 0.1));
        Assert.Empty(other.Done());
    }

    [Fact]
    public async Task Connections_that_are_ended_between_and_in_statements_change_nothing()
    {
        using PostgresTrialStore one = OpenQuick(), other = OpenQuick();
        using var stop = new CancellationTokenSource();
        Task ending = Task.Factory.StartNew(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    Terminate();
                    Thread.Sleep(15);
                }
            }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        int[] taken = new int[80];
        await Task.WhenAll(((PostgresTrialStore[])[one, other, one, other]).Select(store => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < taken.Length; i++)
                {
                    if (!store.Take($"key {i}", TrialRecord.Row, "").Mine)
                        continue;
                    Interlocked.Increment(ref taken[i]);
                    store.Finish(Trial($"key {i}", i));
                }
            }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        await stop.CancelAsync();
        await ending;
        Assert.All(taken, count => Assert.Equal(1, count));
        Assert.Equal(taken.Length, one.Done().Count);
        Assert.Empty(one.AtWork());
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task A_server_that_is_restarted_is_waited_for_and_nobody_loses_what_they_took(string mode)
    {
        using PostgresTrialStore one = OpenQuick(), other = OpenQuick();
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        Assert.True(one.Take("b", TrialRecord.Row, "B").Mine);
        _server.Stop(mode);
        Task finish = Task.Run(() => one.Finish(Trial("a", 0.1)), TestContext.Current.CancellationToken);
        Thread.Sleep(2000);
        Assert.False(finish.IsCompleted);
        _server.Start();
        await finish;
        Assert.True(other.Take("b", TrialRecord.Row, "B").Busy);
        Assert.Equal([Trial("a", 0.1)], other.Done());
        one.Finish(Trial("b", 0.2));
        Assert.Equal(2, other.Done().Count);
    }

    [Fact]
    public void A_server_that_stays_away_is_told_in_one_line()
    {
        using PostgresTrialStore store = PostgresTrialStore.Open(_server.Address(_database), "study", Quick with { Patience = TimeSpan.FromSeconds(0.5) });
        Assert.True(store.Take("a", TrialRecord.Row, "A").Mine);
        _server.Stop("fast");
        try
        {
            StudyException error = Assert.Throws<StudyException>(() => store.Finish(Trial("a")));
            Assert.Matches(@"^PostgreSQL at 127\.0\.0\.1:\d+/test\d+: [^\n]+: Connection refused, for 0\.5 s; what was done is kept, and the same command goes on when that is mended$", error.Message);
            Assert.Throws<StudyException>(() => PostgresTrialStore.Open(_server.Address(_database), "study"));
        }
        finally
        {
            _server.Start();
        }

        store.Finish(Trial("a"));
        Assert.Single(store.Done());
    }

    [Fact]
    public async Task Programs_that_make_the_tables_at_the_same_moment_all_get_them()
    {
        for (int round = 0; round < 3; round++)
        {
            string database = _server.NewDatabase();
            using var together = new Barrier(6);
            PostgresTrialStore[] stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return PostgresTrialStore.Open(_server.Address(database), "study");
                }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Equal(6, stores.Select(store => store.Owner).Distinct().Count());
            Assert.Equal(1L, _server.Scalar(database, "SELECT count(*) FROM workbench.version"));
            foreach (PostgresTrialStore store in stores)
                store.Dispose();
            Assert.Equal(0L, _server.Scalar(database, "SELECT count(*) FROM workbench.owners"));
        }
    }

    [Fact]
    public void Tables_of_a_newer_version_are_refused_in_one_line()
    {
        OpenQuick().Dispose();
        _server.Execute(_database, "UPDATE workbench.version SET number = 7");
        StudyException error = Assert.Throws<StudyException>(OpenQuick);
        Assert.Contains("its studies are of a newer version (7): use a newer workbench, or another database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_elses_schema_and_a_database_of_another_encoding_are_left_alone()
    {
        _server.Execute(_database, "CREATE SCHEMA workbench; CREATE TABLE workbench.things (a int)");
        StudyException error = Assert.Throws<StudyException>(OpenQuick);
        Assert.Contains("has a schema `workbench` of something else: use another database", error.Message, StringComparison.Ordinal);
        string latin = _server.NewDatabase("ENCODING 'LATIN1' TEMPLATE template0");
        error = Assert.Throws<StudyException>(() => PostgresTrialStore.Open(_server.Address(latin), "study"));
        Assert.Contains("the database is in LATIN1: make one with ENCODING 'UTF8'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_the_server_cannot_keep_is_kept_as_it_can()
    {
        using PostgresTrialStore store = OpenQuick();
        Assert.True(store.Take("a", TrialRecord.Row, "zero \0, half \ud83c").Mine);
        Assert.Equal(["row: zero \ufffd, half \ufffd"], store.AtWork());
        store.Finish(Trial("a", null, "zero \0"));
        Assert.Equal("zero \ufffd", store.Find("a")!.Failure);
    }
}
