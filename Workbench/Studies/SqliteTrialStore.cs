using System.Globalization;
using Trainers;
using Workbench.Sqlite;

namespace Workbench.Studies;

/// <summary>
/// A study in a file of SQLite, for the programs of one machine.
/// Who works on it is known by a lock that the system takes back the moment a program ends, however it ends: what it had taken is free at once.
/// A program that hangs keeps its lock, but not its heartbeat: without one for a minute, what it had taken is free too.
/// </summary>
internal sealed class SqliteTrialStore : ITrialStore
{
    private static readonly SqliteKind Kind = new(
        ApplicationId: 0x77535459, // "wSTY"
        Version: 1,
        """
        CREATE TABLE IF NOT EXISTS trials(number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, label TEXT NOT NULL,
            failure TEXT, value REAL, seconds REAL NOT NULL, artifact TEXT, facts TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS leases(key TEXT PRIMARY KEY, label TEXT NOT NULL, owner INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS heartbeats(owner INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS notes(name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
        """,
        "study", "give another folder by --studies", "move it away, and its trials are run again");

    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Dead = TimeSpan.FromMinutes(1);

    private readonly SqliteFile _file;
    private readonly TimeProvider _time;
    private readonly ITimer _heart;

    private SqliteTrialStore(SqliteFile file, TimeProvider time)
    {
        (_file, _time) = (file, time);
        Beat();
        _heart = time.CreateTimer(_ => TryBeat(), null, BetweenBeats, BetweenBeats);
    }

    /// <param name="path">made if it is not there, with its folder</param>
    /// <param name="time">of heartbeats; null for the system's</param>
    /// <exception cref="StudyException">It cannot be used.</exception>
    public static SqliteTrialStore Open(string path, TimeProvider? time = null) => Guarded(() => new SqliteTrialStore(SqliteFile.Open(path, Kind), time ?? TimeProvider.System));

    public TrialTaking Take(string key, string kind, string label) => Guarded(() =>
        _file.Read(() => Look(key)) is { Mine: false } known ? known : _file.Change(() =>
        {
            if (Look(key) is { Mine: false } changed)
                return changed;
            _file.Execute("INSERT OR REPLACE INTO leases(key, label, owner) VALUES ($key, $label, $owner)", ("$key", key), ("$label", $"{kind}: {label}"), ("$owner", _file.Owner));
            return new TrialTaking(null, Busy: false);
        }));

    public void Finish(TrialRecord trial) => Guarded(() => _file.Change(() =>
    {
        if (_file.Execute("DELETE FROM leases WHERE key = $key AND owner = $owner", ("$key", trial.Key), ("$owner", _file.Owner)) == 1)
            Insert(trial);
        return true;
    }));

    public void GiveBack(string key) => Guarded(() => _file.Change(() =>
        _file.Execute("DELETE FROM leases WHERE key = $key AND owner = $owner", ("$key", key), ("$owner", _file.Owner))));

    public TrialRecord? Find(string key) => Guarded(() => _file.Read(() => Row(key)));

    public void Forget(IReadOnlyCollection<string> keys) => Guarded(() => _file.Change(() =>
        keys.Sum(key => _file.Execute("DELETE FROM trials WHERE key = $key", ("$key", key)))));

    public IReadOnlyList<TrialRecord> Done() => Guarded(() => _file.Read(() => _file.Query($"{Columns} ORDER BY number", ReadTrial)));

    public IReadOnlyList<string> AtWork() => Guarded(() => _file.Change(() => _file
        .Query("SELECT label, owner FROM leases ORDER BY key", row => (Label: row.GetString(0), Owner: row.GetInt64(1)))
        .Where(lease => IsAlive(lease.Owner)).Select(lease => lease.Label).ToArray()));

    public IReadOnlySet<string> AreDone(IReadOnlyCollection<string> keys) => Guarded(() => _file.Read(() => keys.Where(key => Row(key) is not null).ToHashSet()));

    public IReadOnlySet<string> AreHeld(IReadOnlyCollection<string> keys) => Guarded(() => _file.Read(() => keys.Where(key => Look(key).Busy).ToHashSet()));

    public TimeSpan LongestWait { get; } = TimeSpan.FromMilliseconds(50);

    public string? Note(string name) => Guarded(() => _file.Read(() => (string?)_file.Scalar("SELECT text FROM notes WHERE name = $name", ("$name", name))));

    public void SetNote(string name, string text) => Guarded(() => _file.Change(() =>
        _file.Execute("INSERT OR REPLACE INTO notes(name, text) VALUES ($name, $text)", ("$name", name), ("$text", text))));

    public void Dispose()
    {
        _heart.Dispose();
        _file.Dispose();
    }

    private bool IsAlive(long owner) => _file.IsAlive(owner)
        && _file.Scalar("SELECT at FROM heartbeats WHERE owner = $owner", ("$owner", owner)) is long at && _time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(at) < Dead;

    private void Beat() => _file.Change(() => _file.Execute(
        "INSERT OR REPLACE INTO heartbeats(owner, at) VALUES ($owner, $at)", ("$owner", _file.Owner), ("$at", _time.GetUtcNow().ToUnixTimeMilliseconds())));

    /// <summary>A beat that cannot be written is left out: whoever finishes the next trial is told why.</summary>
    private void TryBeat()
    {
        try
        {
            Beat();
        }
        catch (Exception error) when (error is UserErrorException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private const string Columns = "SELECT key, kind, label, failure, value, seconds, artifact, facts FROM trials";

    private TrialTaking Look(string key) => Row(key) is { } done
        ? new TrialTaking(done, Busy: false)
        : new TrialTaking(null, Busy: _file.Scalar("SELECT owner FROM leases WHERE key = $key", ("$key", key)) is long owner && IsAlive(owner));

    private TrialRecord? Row(string key) => _file.Query($"{Columns} WHERE key = $key", ReadTrial, ("$key", key)) is [var trial, ..] ? trial : null;

    private int Insert(TrialRecord trial) => _file.Execute(
        "INSERT OR IGNORE INTO trials(key, kind, label, failure, value, seconds, artifact, facts) VALUES ($key, $kind, $label, $failure, $value, $seconds, $artifact, $facts)",
        ("$key", trial.Key), ("$kind", trial.Kind), ("$label", trial.Label), ("$failure", trial.Failure), ("$value", trial.Value),
        ("$seconds", trial.Seconds), ("$artifact", trial.Artifact), ("$facts", trial.Facts));

    private static TrialRecord ReadTrial(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetDouble(4),
        row.GetDouble(5), row.IsDBNull(6) ? null : row.GetString(6), row.GetString(7));

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UserErrorException error)
        {
            throw new StudyException(string.Create(CultureInfo.InvariantCulture, $"{error.Message}; what was done is kept, and the same command goes on when that is mended"), error);
        }
    }
}
