using System.Net;
using System.Text;
using Data.Storage;
using Data.Text;
using Trainers;

namespace Data.Importers.Conversations.Reddit;

/// <summary>
/// The posts of Reddit-Movie, each once: its tables repeat a post in every path of its thread. Each reply of another than the thread's author that
/// names movies is a turn, its context the posts above it; a thread is a conversation, its author the seeker.
/// </summary>
/// <remarks>
/// A row holds its own context, so the order of rows does not matter. Read row by row: what stays is a record for each post that names
/// movies, and the texts of those that stand above a turn.
/// A reply that paths of several splits hold belongs to the last of them (test, then validation), and to no other.
/// </remarks>
internal sealed class RedditPosts(RedditCatalogue catalogue, ImportNotes notes)
{
    private const int RowsBetweenLooks = 4096;

    private readonly Dictionary<Split, ConversationFile> files = [];
    private readonly NameTable names = new();
    private readonly NameTable threads = new();
    private readonly List<Post?> posts = [];
    private readonly List<string?> seekers = [];
    private readonly List<int> replies = [];
    private byte[] key = new byte[256];

    /// <summary>Reads the table of a split.</summary>
    /// <exception cref="UserErrorException">A row is malformed, and bad rows are not skipped; or a column is missing.</exception>
    /// <exception cref="OperationCanceledException">The import was cancelled.</exception>
    public void Read(ConversationFile file, CancellationToken cancellation) => SourceFile.Guard(file.Path, () =>
    {
        var table = SourceFile.OfDisk(file.Path);
        var columns = RedditColumns.Of(table);
        files.Add(file.Split, file);
        using var rows = new RecordReader(table.Open(), RecordFormat.Csv);
        rows.Read();
        long read = 0, repeated = 0, moved = 0;
        while (rows.Read())
        {
            if (read++ % RowsBetweenLooks == 0)
                cancellation.ThrowIfCancellationRequested();
            try
            {
                int number = Locate(rows, columns, out int thread);
                if (posts[number] is { IsRead: true } known)
                {
                    repeated++;
                    moved += known.MoveTo(file.Split) ? 1 : 0;
                }
                else
                {
                    Read(rows, columns, file, number, thread);
                }
            }
            catch (UserErrorException error) when (error.File is null)
            {
                notes.Refuse(new UserErrorException(error.What, file.Path, rows.Line));
            }
        }

        if (read == 0)
            throw new UserErrorException("the file has no rows: restore it from its source", file.Path);
        notes.Count(file.Name, "rows", read);
        notes.Count(file.Name, "rows of posts that another path has brought already", repeated);
        notes.Count(file.Name, "replies that an earlier split has too, taken here and not there", moved);
        return read;
    });

    /// <summary>Adds the turns, in the order in which the replies came.</summary>
    /// <param name="source">prefixes users: "reddit-movie:42"</param>
    /// <param name="turns">the turns are added to it</param>
    public void Link(string source, TurnCollector turns)
    {
        var splitOf = new Dictionary<int, Split>();
        int divided = 0, unknown = 0, nameless = 0;
        foreach (int number in replies)
        {
            Post reply = posts[number]!;
            divided += splitOf.TryAdd(reply.Thread, reply.Split) || splitOf[reply.Thread] == reply.Split ? 0 : 1;
            ConversationFile file = files[reply.Split];
            ReadOnlySpan<byte> thread = threads[reply.Thread];
            string conversation = TurnBuilder.ConversationId(file.SplitName, Encoding.UTF8.GetString(thread));
            string id = $"{conversation}/{Encoding.UTF8.GetString(names[number][(thread.Length + 1)..])}";
            var context = new Utterance[reply.Context!.Length];
            for (int i = 0; i < context.Length; i++)
            {
                Post above = posts[reply.Context[i]]!;
                unknown += above.IsRead ? 0 : 1;
                context[i] = above.Said;
            }

            string? seeker = seekers[reply.Thread];
            nameless += seeker is null ? 1 : 0;
            Turn turn = TurnBuilder.Build(id, conversation, reply.Split, seeker is null ? null : $"{source}:{seeker}", reply.Time, context, [], reply.Items);
            turns.Add(turn, file.Name, new RowPlace(file.Path, 1, 0), notes);
        }

        notes.Count("posts", "turns whose thread has turns in another split too, as its publisher divided it", divided);
        notes.Count("posts", "posts above a turn without a row of their own: what they name is not known", unknown);
        notes.Count("posts", "turns whose seeker is not known, since the account is gone", nameless);
    }

    /// <summary>The number of a row's post, and of its thread.</summary>
    private int Locate(RecordReader row, RedditColumns columns, out int thread)
    {
        if (row.Problem is { } problem)
            throw new UserErrorException(problem);
        if (row.Count != columns.Count)
            throw new UserErrorException($"the row has {row.Count} columns where {columns.Count} are expected");
        ReadOnlySpan<byte> path = row[columns.Path], post = row[columns.Post];
        if (path.IsEmpty || post.IsEmpty)
            throw new UserErrorException($"`{(path.IsEmpty ? "conv_id" : "turn_id")}` is empty");
        thread = threads.FindOrAdd(RedditColumns.ThreadOf(path), out bool isNew);
        if (isNew)
            seekers.Add(null);
        return NumberOf(RedditColumns.ThreadOf(path), post);
    }

    private void Read(RecordReader row, RedditColumns columns, ConversationFile file, int number, int thread)
    {
        bool isSeeker = columns.SeekerOf(row);
        string text = columns.ProcessedOf(row);
        int[] items = catalogue.Find(text, id => notes.List(file.Name, $"IMDb ids that {RedditCatalogue.NamesFile} does not name, left out", id));
        long? time = columns.TimeOf(row);
        bool isTurn = !isSeeker && items.Length > 0;
        int[] above = [];
        if (isTurn)
        {
            IReadOnlyList<(string Post, Role Role, string Text)> context = columns.ContextOf(row);
            above = [.. context.Select(said => Above(row, columns, said.Post, said.Role, said.Text))];
        }
        else if (isSeeker)
        {
            seekers[thread] ??= columns.UserOf(row);
        }

        Post post = posts[number] ??= new Post();
        post.Read(thread, file.Split, time, items, isTurn ? above : null);
        if (isTurn)
            replies.Add(number);
    }

    /// <summary>A post of a context: its row may come later.</summary>
    private int Above(RecordReader row, RedditColumns columns, string id, Role role, string text)
    {
        int number = NumberOf(RedditColumns.ThreadOf(row[columns.Path]), Encoding.UTF8.GetBytes(id));
        Post post = posts[number] ??= new Post();
        if (post.Text is null)
            (post.Role, post.Text) = (role, MisreadUtf8.Mend(WebUtility.HtmlDecode(text)));
        return number;
    }

    private int NumberOf(ReadOnlySpan<byte> thread, ReadOnlySpan<byte> post)
    {
        int length = thread.Length + 1 + post.Length;
        if (key.Length < length)
            key = new byte[length * 2];
        thread.CopyTo(key);
        key[thread.Length] = (byte)'/';
        post.CopyTo(key.AsSpan(thread.Length + 1));
        int number = names.FindOrAdd(key.AsSpan(0, length), out bool isNew);
        if (isNew)
            posts.Add(null);
        return number;
    }

    /// <summary>What is kept of a post.</summary>
    private sealed class Post
    {
        private Utterance? said;

        public bool IsRead { get; private set; }

        public int Thread { get; private set; }

        public Split Split { get; private set; }

        public long? Time { get; private set; }

        public int[] Items { get; private set; } = [];

        /// <summary>Of a turn: numbers of the posts above it, oldest first.</summary>
        public int[]? Context { get; private set; }

        /// <summary>Of a post above a turn.</summary>
        public Role Role { get; set; }

        /// <summary>Of a post above a turn; null of others.</summary>
        public string? Text { get; set; }

        /// <summary>One object in all contexts.</summary>
        public Utterance Said => said ??= new Utterance(Role, Text ?? "", Items);

        public void Read(int thread, Split split, long? time, int[] items, int[]? context) =>
            (IsRead, Thread, Split, Time, Items, Context) = (true, thread, split, time, items, context);

        /// <summary>True if a turn leaves an earlier split.</summary>
        public bool MoveTo(Split split)
        {
            bool later = split > Split;
            Split = later ? split : Split;
            return later && Context is not null;
        }
    }
}
