using System.Text;
using Npgsql;

namespace Workbench.Studies.Postgres;

/// <summary>
/// A study in a database of PostgreSQL, for the programs of many machines. Who works on it is known by heartbeats, by the server's clock alone: what a program
/// had taken is free when nothing was heard of it for the lease, and at once when it ends in order.
/// </summary>
/// <remarks>
/// A program is a row of <c>owners</c>, whatever connection it has: what it took stays its own when the server is restarted. Nobody can beat at a server that
/// is down, so a lease counts from its start at the earliest. Every statement comes to the same when it is sent twice, as it is when a connection breaks before its answer.
/// </remarks>
internal sealed class PostgresTrialStore : ITrialStore
{
    /// <summary>Of an owner <c>o</c>: it lives.</summary>
    private const string Lives = "greatest(o.beat, pg_postmaster_start_time()) + o.lease > clock_timestamp()";

    private const string Columns = "t.key, t.kind, t.label, t.failure, t.value, t.seconds, t.artifact, t.facts";

    // $1 study, $2 key, $3 kind, $4 owner, $5 claim, $6 label. Who looks and finds it busy or done writes nothing. What was seen to be a dead owner's is taken
    // if it is still that owner's same claim; what was not seen, because somebody took it at this moment, is left to them.
    private const string Taking =
        $"""
        WITH known AS (
            SELECT {Columns}, t.owner, t.claim, t.ended IS NOT NULL AS done, t.ended IS NULL AND t.owner = $4 AND t.claim = $5 AS mine,
                EXISTS (SELECT FROM workbench.owners o WHERE o.id = t.owner AND {Lives}) AS held
            FROM workbench.trials t WHERE t.study = $1 AND t.key = $2),
        taken AS (
            INSERT INTO workbench.trials AS t (study, key, kind, owner, claim, label)
            SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT FROM known WHERE done OR held)
            ON CONFLICT (study, key) DO UPDATE SET kind = excluded.kind, owner = excluded.owner, claim = excluded.claim, label = excluded.label
            WHERE t.ended IS NULL AND EXISTS (SELECT FROM known WHERE known.owner = t.owner AND known.claim = t.claim)
            RETURNING 1)
        SELECT {Columns}, EXISTS (SELECT FROM taken) OR coalesce(t.mine, false), coalesce(t.done, false) FROM (SELECT) AS one LEFT JOIN known t ON true
        """;

    private const string Ending =
        """
        UPDATE workbench.trials SET ended = nextval('workbench.ends'), kind = $4, label = $5, failure = $6, value = $7, seconds = $8, artifact = $9, facts = $10
        WHERE study = $1 AND key = $2 AND owner = $3 AND ended IS NULL
        """;

    /// <summary>Of a key, what came of its trial in whichever study.</summary>
    internal const string KnownAnywhere = $"SELECT {Columns} FROM workbench.trials t WHERE t.key = $1 AND t.ended IS NOT NULL AND t.failure IS NULL ORDER BY t.ended LIMIT 1";

    // A beat that a crash of the server loses is no loss: its start counts as one.
    private const string Beating =
        """
        INSERT INTO workbench.owners (id, beat, lease) SELECT $1, clock_timestamp(), $2 FROM (SELECT set_config('synchronous_commit', 'off', true)) AS quick (setting) WHERE setting = 'off'
        ON CONFLICT (id) DO UPDATE SET beat = excluded.beat
        """;

    private readonly PostgresConnection _connection;
    private readonly string _study;
    private readonly long _owner;
    private readonly PostgresHeart _heart;
    private long _claims;

    private PostgresTrialStore(PostgresConnection connection, string study, PostgresTimes times)
    {
        (_connection, _study) = (connection, study);
        PostgresSchema.Require(connection);
        connection.Execute("INSERT INTO workbench.studies VALUES ($1) ON CONFLICT DO NOTHING", study);
        connection.Execute("DELETE FROM workbench.owners WHERE beat + lease < clock_timestamp() - interval '1 day'");
        _owner = connection.Query("INSERT INTO workbench.owners (beat, lease) VALUES (clock_timestamp(), $1) RETURNING id", row => row.GetInt64(0), times.Lease)[0];
        _heart = new PostgresHeart(times.BetweenBeats, () => connection.Try(Beating, _owner, times.Lease));
    }

    internal PostgresConnection Connection => _connection;

    /// <summary>Who this is among those at work.</summary>
    internal long Owner => _owner;

    /// <param name="address">of the database; its tables are made if they are not there</param>
    /// <param name="study">begun if it is not there</param>
    /// <param name="times">null for the usual</param>
    /// <exception cref="StudyException">It cannot be used.</exception>
    public static PostgresTrialStore Open(PostgresAddress address, string study, PostgresTimes? times = null)
    {
        PostgresConnection connection = PostgresConnection.Open(address, times ?? PostgresTimes.Default);
        try
        {
            return new PostgresTrialStore(connection, study, times ?? PostgresTimes.Default);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public TrialTaking Take(string key, string kind, string label) => _connection.Query(
        Taking,
        row => row.GetBoolean(8) ? new TrialTaking(null, Busy: false) : row.GetBoolean(9) ? new TrialTaking(Read(row), Busy: false) : new TrialTaking(null, Busy: true),
        _study, key, kind, _owner, Interlocked.Increment(ref _claims), Plain(label))[0];

    public void Finish(TrialRecord trial) => _connection.Execute(
        Ending, _study, trial.Key, _owner, trial.Kind, Plain(trial.Label), Plain(trial.Failure), trial.Value, trial.Seconds, trial.Artifact, trial.Facts);

    public void GiveBack(string key) => _connection.Execute("DELETE FROM workbench.trials WHERE study = $1 AND key = $2 AND owner = $3 AND ended IS NULL", _study, key, _owner);

    public TrialRecord? Find(string key) =>
        _connection.Query($"SELECT {Columns} FROM workbench.trials t WHERE study = $1 AND key = $2 AND ended IS NOT NULL", Read, _study, key) is [var trial, ..] ? trial : null;

    public void Forget(IReadOnlyCollection<string> keys) =>
        _connection.Execute("DELETE FROM workbench.trials WHERE study = $1 AND key = ANY ($2) AND ended IS NOT NULL", _study, keys.ToArray());

    public IReadOnlyList<TrialRecord> Done() =>
        _connection.Query($"SELECT {Columns} FROM workbench.trials t WHERE study = $1 AND ended IS NOT NULL ORDER BY ended", Read, _study);

    public IReadOnlyList<string> AtWork() => _connection.Query(
        $"SELECT t.kind || ': ' || t.label FROM workbench.trials t JOIN workbench.owners o ON o.id = t.owner WHERE t.study = $1 AND t.ended IS NULL AND {Lives} ORDER BY t.key",
        row => row.GetString(0), _study);

    public IReadOnlySet<string> AreDone(IReadOnlyCollection<string> keys) => _connection.Query(
        "SELECT key FROM workbench.trials WHERE study = $1 AND key = ANY ($2) AND ended IS NOT NULL", row => row.GetString(0), _study, keys.ToArray()).ToHashSet();

    public IReadOnlySet<string> AreHeld(IReadOnlyCollection<string> keys) => _connection.Query(
        $"SELECT t.key FROM workbench.trials t JOIN workbench.owners o ON o.id = t.owner WHERE t.study = $1 AND t.key = ANY ($2) AND t.ended IS NULL AND {Lives}",
        row => row.GetString(0), _study, keys.ToArray()).ToHashSet();

    public TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(2);

    public string? Note(string name) =>
        _connection.Query("SELECT text FROM workbench.notes WHERE study = $1 AND name = $2", row => row.GetString(0), _study, name) is [var text, ..] ? text : null;

    public void SetNote(string name, string text) => _connection.Execute(
        "INSERT INTO workbench.notes (study, name, text) VALUES ($1, $2, $3) ON CONFLICT (study, name) DO UPDATE SET text = excluded.text", _study, name, text);

    /// <summary>From now on nothing is heard of it, as of a program that hangs.</summary>
    internal void StopBeating() => _heart.Dispose();

    /// <summary>Gives back what it holds. If the server cannot be told, that is free after the lease.</summary>
    public void Dispose()
    {
        _heart.Dispose();
        _connection.Try(
            "WITH gone AS (DELETE FROM workbench.owners WHERE id = $1) DELETE FROM workbench.trials WHERE study = $2 AND owner = $1 AND ended IS NULL", _owner, _study);
        _connection.Dispose();
    }

    /// <summary>A trial at work in any study of the database; null if there is none.</summary>
    internal static (string Study, string Label)? AnyAtWork(PostgresConnection connection) => connection.Query(
        $"SELECT t.study, t.kind || ': ' || t.label FROM workbench.trials t JOIN workbench.owners o ON o.id = t.owner WHERE t.ended IS NULL AND {Lives} LIMIT 1",
        row => (row.GetString(0), row.GetString(1))) is [var one, ..] ? one : null;

    internal static TrialRecord Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetDouble(4),
        row.GetDouble(5), row.IsDBNull(6) ? null : row.GetString(6), row.GetString(7));

    /// <summary>A text for people as PostgreSQL can keep it: without the letter zero and halves of letters.</summary>
    private static string? Plain(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
