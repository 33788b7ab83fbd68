using Trainers;
using Workbench.Sqlite;

namespace Workbench.Llm.Endpoints;

/// <summary>Whether a call is to be made.</summary>
/// <param name="Answers">of the questions that have one, by their positions</param>
/// <param name="Open">positions of those that are now the caller's to ask</param>
/// <param name="Busy">positions of those that another program is asking now</param>
internal sealed record Claim(IReadOnlyDictionary<int, Answer> Answers, IReadOnlyList<int> Open, IReadOnlyList<int> Busy);

/// <summary>
/// Answers on disk: each is there for good as soon as it is stored, whatever stops the program.
/// A question is claimed before it is asked, so that of several programs on one cache only one pays for it.
/// </summary>
internal sealed class AnswerCache : IDisposable
{
    private static readonly SqliteKind Kind = new(
        ApplicationId: 0x774C4C4D, // "wLLM"
        Version: 1,
        """
        CREATE TABLE IF NOT EXISTS answers(key TEXT PRIMARY KEY, endpoint TEXT NOT NULL, model TEXT NOT NULL, payload BLOB NOT NULL,
            finish TEXT NOT NULL, prompt_tokens INTEGER NOT NULL, reply_tokens INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS claims(key TEXT PRIMARY KEY, owner INTEGER NOT NULL) STRICT;
        """,
        "cache of replies", "name another file by the option `cache`", "move it away, and what it held is asked for again");

    private readonly SqliteFile _file;

    private AnswerCache(SqliteFile file) => _file = file;

    /// <param name="path">made if it is not there, with its folder</param>
    /// <exception cref="UserErrorException">It cannot be used.</exception>
    public static AnswerCache Open(string path) => new(SqliteFile.Open(path, Kind));

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
    public Answer? Find(QuestionKey key) => _file.Read(() => Read(key));

    /// <summary>Finds answers, and claims what has none and is nobody else's.</summary>
    public Claim Take(IReadOnlyList<QuestionKey> keys)
    {
        Dictionary<int, Answer> known = _file.Read(() => Answered(keys));
        return known.Count == keys.Count ? new Claim(known, [], []) : _file.Change(() =>
        {
            Dictionary<int, Answer> answers = Answered(keys);
            (List<int> open, List<int> busy) = ([], []);
            for (int i = 0; i < keys.Count; i++)
            {
                if (answers.ContainsKey(i))
                    continue;
                if (_file.Scalar("SELECT owner FROM claims WHERE key = $key", ("$key", keys[i].Hex)) is long owner && owner != _file.Owner && _file.IsAlive(owner))
                    busy.Add(i);
                else
                {
                    _file.Execute("INSERT OR REPLACE INTO claims(key, owner) VALUES ($key, $owner)", ("$key", keys[i].Hex), ("$owner", _file.Owner));
                    open.Add(i);
                }
            }

            return new Claim(answers, open, busy);
        });
    }

    /// <summary>Keeps answers to what was claimed.</summary>
    public void Store(string endpoint, string model, IReadOnlyList<QuestionKey> keys, IReadOnlyList<Answer> answers) => _file.Change(() =>
    {
        for (int i = 0; i < keys.Count; i++)
        {
            _file.Execute(
                "INSERT OR REPLACE INTO answers VALUES ($key, $endpoint, $model, $payload, $finish, $prompt, $reply)",
                ("$key", keys[i].Hex), ("$endpoint", endpoint), ("$model", model), ("$payload", answers[i].Payload),
                ("$finish", answers[i].Finish), ("$prompt", answers[i].Tokens.Prompt), ("$reply", answers[i].Tokens.Reply));
            _file.Execute("DELETE FROM claims WHERE key = $key", ("$key", keys[i].Hex));
        }

        return true;
    });

    /// <summary>Gives claims back that no answer came for.</summary>
    public void Release(IReadOnlyList<QuestionKey> keys) => _file.Change(() =>
    {
        foreach (QuestionKey key in keys)
            _file.Execute("DELETE FROM claims WHERE key = $key AND owner = $owner", ("$key", key.Hex), ("$owner", _file.Owner));
        return true;
    });

    public void Dispose() => _file.Dispose();

    private Dictionary<int, Answer> Answered(IReadOnlyList<QuestionKey> keys)
    {
        var answers = new Dictionary<int, Answer>();
        for (int i = 0; i < keys.Count; i++)
        {
            if (Read(keys[i]) is { } answer)
                answers.Add(i, answer);
        }

        return answers;
    }

    private Answer? Read(QuestionKey key) => _file.Query(
        "SELECT payload, finish, prompt_tokens, reply_tokens FROM answers WHERE key = $key",
        row => new Answer((byte[])row[0], row.GetString(1), new TokenCount(row.GetInt64(2), row.GetInt64(3))), ("$key", key.Hex)) is [var answer, ..] ? answer : null;
}
