using Microsoft.Data.Sqlite;
using Trainers;

namespace Workbench.Llm.Endpoints;

/// <summary>Whether a call is to be made.</summary>
/// <param name="Answers">of the questions that have one, by their positions</param>
/// <param name="Open">positions of those that are now the caller's to ask</param>
/// <param name="Busy">positions of those that another program is asking now</param>
internal sealed record Claim(IReadOnlyDictionary<int, Answer> Answers, IReadOnlyList<int> Open, IReadOnlyList<int> Busy);

/// <summary>
/// Answers on disk, in SQLite with a write-ahead log: each is there for good as soon as it is stored, whatever stops the program.
/// A question is claimed before it is asked, so that of several programs on one cache only one pays for it.
/// </summary>
internal sealed class AnswerCache : IDisposable
{
    // "wLLM"
    private const int ApplicationId = 0x774C4C4D;
    private const int Version = 1;

    private const string Tables =
        """
        CREATE TABLE IF NOT EXISTS answers(key TEXT PRIMARY KEY, endpoint TEXT NOT NULL, model TEXT NOT NULL, payload BLOB NOT NULL,
            finish TEXT NOT NULL, prompt_tokens INTEGER NOT NULL, reply_tokens INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS owners(id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;
        CREATE TABLE IF NOT EXISTS claims(key TEXT PRIMARY KEY, owner INTEGER NOT NULL) STRICT;
        """;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly CacheOwner _owner;

    static AnswerCache() => SQLitePCL.Batteries_V2.Init();

    private AnswerCache(string path)
    {
        _path = path;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 60 }.ToString());
        try
        {
            _connection.Open();
            Execute("PRAGMA busy_timeout = 60000");
            RequireOurs();
            Execute("PRAGMA journal_mode = WAL");
            Execute("PRAGMA synchronous = NORMAL");
            using (SqliteTransaction change = _connection.BeginTransaction())
            {
                // One program at a time is here, so that nobody takes a file for a dead one's before it is locked.
                Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; {Tables}");
                CacheOwner.RemoveDead(path);
                _owner = new CacheOwner(path, (long)Scalar("INSERT INTO owners DEFAULT VALUES RETURNING id")!);
                Execute("DELETE FROM owners");
                change.Commit();
            }
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <param name="path">made if it is not there, with its folder</param>
    /// <exception cref="UserErrorException">It cannot be used.</exception>
    public static AnswerCache Open(string path) => Guarded(path, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new AnswerCache(path);
    });

    /// <summary>Which of these questions have an answer. A cache that is not there has none, and is not made.</summary>
    public static IReadOnlySet<QuestionKey> Known(string path, IEnumerable<QuestionKey> keys)
    {
        var known = new HashSet<QuestionKey>();
        if (!File.Exists(path))
            return known;
        using AnswerCache cache = Open(path);
        known.UnionWith(keys.Where(key => cache.Find(key) is not null));
        return known;
    }

    /// <summary>Null if there is none.</summary>
    public Answer? Find(QuestionKey key) => Guarded(_path, () =>
    {
        lock (_lock)
            return Read(key);
    });

    /// <summary>Finds answers, and claims what has none and is nobody else's.</summary>
    public Claim Take(IReadOnlyList<QuestionKey> keys) => Guarded(_path, () =>
    {
        lock (_lock)
        {
            var answers = new Dictionary<int, Answer>();
            (List<int> open, List<int> busy) = ([], []);
            for (int i = 0; i < keys.Count; i++)
            {
                if (Read(keys[i]) is { } answer)
                    answers.Add(i, answer);
            }

            if (answers.Count == keys.Count)
                return new Claim(answers, open, busy);
            using SqliteTransaction change = _connection.BeginTransaction(deferred: false);
            for (int i = 0; i < keys.Count; i++)
            {
                if (answers.ContainsKey(i))
                    continue;
                if (Read(keys[i]) is { } answer)
                    answers.Add(i, answer);
                else if (Scalar("SELECT owner FROM claims WHERE key = $key", ("$key", keys[i].Hex)) is long owner && owner != _owner.Id && CacheOwner.IsAlive(_path, owner))
                    busy.Add(i);
                else
                {
                    Execute("INSERT OR REPLACE INTO claims(key, owner) VALUES ($key, $owner)", ("$key", keys[i].Hex), ("$owner", _owner.Id));
                    open.Add(i);
                }
            }

            change.Commit();
            return new Claim(answers, open, busy);
        }
    });

    /// <summary>Keeps answers to what was claimed.</summary>
    public void Store(string endpoint, string model, IReadOnlyList<QuestionKey> keys, IReadOnlyList<Answer> answers) => Guarded(_path, () =>
    {
        lock (_lock)
        {
            using SqliteTransaction change = _connection.BeginTransaction(deferred: false);
            for (int i = 0; i < keys.Count; i++)
            {
                Execute(
                    "INSERT OR REPLACE INTO answers VALUES ($key, $endpoint, $model, $payload, $finish, $prompt, $reply)",
                    ("$key", keys[i].Hex), ("$endpoint", endpoint), ("$model", model), ("$payload", answers[i].Payload),
                    ("$finish", answers[i].Finish), ("$prompt", answers[i].Tokens.Prompt), ("$reply", answers[i].Tokens.Reply));
                Execute("DELETE FROM claims WHERE key = $key", ("$key", keys[i].Hex));
            }

            change.Commit();
            return true;
        }
    });

    /// <summary>Gives claims back that no answer came for.</summary>
    public void Release(IReadOnlyList<QuestionKey> keys) => Guarded(_path, () =>
    {
        lock (_lock)
        {
            foreach (QuestionKey key in keys)
                Execute("DELETE FROM claims WHERE key = $key AND owner = $owner", ("$key", key.Hex), ("$owner", _owner.Id));
            return true;
        }
    });

    public void Dispose()
    {
        // The write-ahead log goes into the file as the last of its users leaves.
        _connection.Dispose();
        _owner.Dispose();
    }

    private Answer? Read(QuestionKey key)
    {
        using SqliteCommand command = Command("SELECT payload, finish, prompt_tokens, reply_tokens FROM answers WHERE key = $key", [("$key", key.Hex)]);
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? new Answer((byte[])row[0], row.GetString(1), new TokenCount(row.GetInt64(2), row.GetInt64(3))) : null;
    }

    /// <summary>An empty file is a new one; one of somebody else's is left alone.</summary>
    private void RequireOurs()
    {
        // Tables first: another program may make them all, with the id, at this moment.
        (long tables, long id, long version) =
            ((long)Scalar("SELECT count(*) FROM sqlite_master")!, (long)Scalar("PRAGMA application_id")!, (long)Scalar("PRAGMA user_version")!);
        if (tables > 0 && id != ApplicationId)
            throw new UserErrorException("is a database of something else: name another file by the option `cache`", _path);
        if (version > Version)
            throw new UserErrorException($"is a cache of a newer version ({version}): use a newer workbench, or name another file by the option `cache`", _path);
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteScalar();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    private static T Guarded<T>(string path, Func<T> work)
    {
        const int Corrupt = 11, NotADatabase = 26;
        try
        {
            return work();
        }
        catch (SqliteException error) when (error.SqliteErrorCode is Corrupt or NotADatabase)
        {
            throw new UserErrorException("is no cache of replies, or is damaged: move it away, and what it held is asked for again", path, inner: error);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the cache of replies cannot be used: {error.Message.TrimEnd('.')}", path, inner: error);
        }
    }
}
