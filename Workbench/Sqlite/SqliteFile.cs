using Microsoft.Data.Sqlite;
using Trainers;

namespace Workbench.Sqlite;

/// <summary>
/// A database of the workbench, with a write-ahead log: several programs can work with it at once, and what was committed is there for good, whatever stops them.
/// Its methods may be called from several threads.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int BusyMilliseconds = 60_000;

    private readonly Lock _lock = new();
    private readonly SqliteKind _kind;
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly FileOwner _owner;

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    private SqliteFile(string path, SqliteKind kind)
    {
        (_path, _kind) = (path, kind);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusyMilliseconds / 1000 }.ToString());
        try
        {
            _connection.Open();
            Execute($"PRAGMA busy_timeout = {BusyMilliseconds}");
            RequireOurs();
            Execute("PRAGMA journal_mode = WAL");
            Execute("PRAGMA synchronous = NORMAL");
            using SqliteTransaction change = _connection.BeginTransaction();

            // One program at a time is here, so that nobody takes a file for a dead one's before it is locked.
            Execute($"PRAGMA application_id = {kind.ApplicationId}; PRAGMA user_version = {kind.Version}; CREATE TABLE IF NOT EXISTS owners(id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT; {kind.Tables}");
            FileOwner.RemoveDead(path);
            _owner = new FileOwner(path, (long)Scalar("INSERT INTO owners DEFAULT VALUES RETURNING id")!);
            Execute("DELETE FROM owners");
            change.Commit();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Of this program at this file; no other ever had it.</summary>
    public long Owner => _owner.Id;

    /// <param name="path">made if it is not there, with its folder</param>
    /// <param name="kind">what it is</param>
    /// <exception cref="UserErrorException">It cannot be used.</exception>
    public static SqliteFile Open(string path, SqliteKind kind) => Guarded(path, kind, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new SqliteFile(path, kind);
    });

    /// <summary>Whether the program that was this owner still runs.</summary>
    public bool IsAlive(long owner) => owner == _owner.Id || FileOwner.IsAlive(_path, owner);

    /// <summary>Reads, with nobody else of this program at the file.</summary>
    /// <exception cref="UserErrorException">The file cannot be used.</exception>
    public T Read<T>(Func<T> work) => Guarded(_path, _kind, () =>
    {
        lock (_lock)
            return work();
    });

    /// <summary>Changes all or nothing, with no other program changing the file meanwhile.</summary>
    /// <exception cref="UserErrorException">The file cannot be used; nothing was changed.</exception>
    public T Change<T>(Func<T> work) => Guarded(_path, _kind, () =>
    {
        lock (_lock)
        {
            using SqliteTransaction change = _connection.BeginTransaction(deferred: false);
            T result = work();
            change.Commit();
            return result;
        }
    });

    /// <returns>how many rows it changed</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteScalar();
    }

    /// <summary>The rows, read by <paramref name="read"/> one after the other.</summary>
    public IReadOnlyList<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteCommand command = Command(sql, values);
        using SqliteDataReader row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }

    public void Dispose()
    {
        // The write-ahead log goes into the file as the last of its users leaves.
        _connection.Dispose();
        _owner.Dispose();
    }

    /// <summary>An empty file is a new one; one of somebody else's is left alone.</summary>
    private void RequireOurs()
    {
        // Tables first: another program may make them all, with the id, at this moment.
        (long tables, long id, long version) =
            ((long)Scalar("SELECT count(*) FROM sqlite_master")!, (long)Scalar("PRAGMA application_id")!, (long)Scalar("PRAGMA user_version")!);
        if (tables > 0 && id != _kind.ApplicationId)
            throw new UserErrorException($"is a database of something else: {_kind.Instead}", _path);
        if (version > _kind.Version)
            throw new UserErrorException($"is a {_kind.What} of a newer version ({version}): use a newer workbench, or {_kind.Instead}", _path);
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the program; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object? value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private static T Guarded<T>(string path, SqliteKind kind, Func<T> work)
    {
        const int Corrupt = 11, NotADatabase = 26;
        try
        {
            return work();
        }
        catch (SqliteException error) when (error.SqliteErrorCode is Corrupt or NotADatabase)
        {
            throw new UserErrorException($"is no {kind.What}, or is damaged: {kind.IfDamaged}", path, inner: error);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the {kind.What} cannot be used: {error.Message.TrimEnd('.')}", path, inner: error);
        }
    }
}
