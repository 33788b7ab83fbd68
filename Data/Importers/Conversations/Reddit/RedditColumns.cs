using System.Text;
using Data.Text;
using Trainers;

namespace Data.Importers.Conversations.Reddit;

/// <summary>Where the columns of Reddit-Movie's tables stand, found by name; others than these are not looked at.</summary>
/// <param name="Count">of all columns</param>
/// <param name="Path">conv_id: "t3_rt7enj_0/14", the thread and the path within it</param>
/// <param name="Post">turn_id: "t3_rt7enj" or "t1_hqr0abc", the same in all paths</param>
/// <param name="IsSeeker">is_seeker: whether the thread's author wrote it</param>
/// <param name="Processed">processed: <c>['SYSTEM', 'text with tt0113277']</c></param>
/// <param name="ContextPosts">context_turn_ids: <c>['t3_rt7enj']</c>, oldest first</param>
/// <param name="Context">context_raw: <c>[['USER', 'text']]</c>, the same posts</param>
/// <param name="User">user_id; the first version of the dataset has none</param>
/// <param name="Time">utc_time: Unix seconds</param>
internal sealed record RedditColumns(int Count, int Path, int Post, int IsSeeker, int Processed, int ContextPosts, int Context, int? User, int? Time)
{
    /// <exception cref="UserErrorException">A column is missing.</exception>
    public static RedditColumns Of(SourceFile table)
    {
        var columns = DelimitedColumns.Of(table, RecordFormat.Csv, header: true);
        return new RedditColumns(
            columns.Count, columns.Find("conv_id"), columns.Find("turn_id"), columns.Find("is_seeker"), columns.Find("processed"),
            columns.Find("context_turn_ids"), columns.Find("context_raw"), columns.TryFind("user_id"), columns.TryFind("utc_time"));
    }

    /// <summary>The thread of a path: all before the last underscore, "t3_rt7enj".</summary>
    public static ReadOnlySpan<byte> ThreadOf(ReadOnlySpan<byte> path) => path.LastIndexOf((byte)'_') is var end and > 0 ? path[..end] : path;

    /// <summary>Who wrote a row's post; null if the account is gone.</summary>
    public string? UserOf(RecordReader row)
    {
        if (User is not { } column || row[column].IsEmpty || row[column].SequenceEqual("nan"u8) || row[column].SequenceEqual("None"u8)
            || row[column].SequenceEqual("[deleted]"u8) || row[column].SequenceEqual("[removed]"u8))
        {
            return null;
        }

        return row.Text(column);
    }

    /// <summary>When a row's post was written; null where it is empty.</summary>
    /// <exception cref="UserErrorException">It is no time; the message has no place yet.</exception>
    public long? TimeOf(RecordReader row)
    {
        if (Time is not { } column || row[column].IsEmpty || row[column].SequenceEqual("nan"u8))
            return null;
        return NumberText.TryTime(row[column], out long seconds) ? seconds : throw new UserErrorException($"`utc_time` must be Unix seconds, found \"{Shown(row[column])}\"");
    }

    /// <exception cref="UserErrorException">It is neither true nor false.</exception>
    public bool SeekerOf(RecordReader row) => row[IsSeeker] switch
    {
        [(byte)'1'] => true,
        [(byte)'0'] => false,
        [(byte)'T' or (byte)'t', (byte)'r', (byte)'u', (byte)'e'] => true,
        [(byte)'F' or (byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] => false,
        var other => throw new UserErrorException($"`is_seeker` must be True or False, found \"{Shown(other)}\""),
    };

    /// <summary>The text of <c>processed</c>.</summary>
    /// <exception cref="UserErrorException">It is no Python list of role and text.</exception>
    public string ProcessedOf(RecordReader row) => PythonLiteral.Texts(row[Processed]) is [var role, var text] && RoleOf(role) is not null
        ? text
        : throw new UserErrorException($"`processed` must be a Python list of a role and a text, ['USER', '...'] or ['SYSTEM', '...'], found \"{Shown(row[Processed])}\"");

    /// <summary>The posts before it, oldest first, with what they say.</summary>
    /// <exception cref="UserErrorException">The lists are none, or differ in length.</exception>
    public IReadOnlyList<(string Post, Role Role, string Text)> ContextOf(RecordReader row)
    {
        List<string> posts = PythonLiteral.Texts(row[ContextPosts])
            ?? throw new UserErrorException($"`context_turn_ids` must be a Python list of texts, found \"{Shown(row[ContextPosts])}\"");
        List<List<string>> said = PythonLiteral.Lists(row[Context])
            ?? throw new UserErrorException($"`context_raw` must be a Python list of lists of a role and a text, found \"{Shown(row[Context])}\"");
        if (posts.Count != said.Count)
            throw new UserErrorException($"`context_turn_ids` has {posts.Count} posts and `context_raw` {said.Count}: they must go together");
        var context = new (string, Role, string)[posts.Count];
        for (int i = 0; i < context.Length; i++)
        {
            context[i] = said[i] is [var role, var text] && RoleOf(role) is { } known
                ? (posts[i], known, text)
                : throw new UserErrorException($"entry {i + 1} of `context_raw` must be a role and a text, ['USER', '...'] or ['SYSTEM', '...']");
        }

        return context;
    }

    private static Role? RoleOf(string name) => name switch { "USER" => Role.Seeker, "SYSTEM" => Role.Recommender, _ => null };

    private static string Shown(ReadOnlySpan<byte> field)
    {
        const int Most = 60;
        string text = Encoding.UTF8.GetString(field).ReplaceLineEndings(" ");
        return text.Length <= Most ? text : text[..Most] + "...";
    }
}
