using Data;

namespace Tests.Data.Importers.Conversations.Reddit;

/// <summary>A post of a thread: what was written, with the movies that it names in the place of {0}, {1}, ...</summary>
/// <param name="Id">e.g. t1_a</param>
/// <param name="Above">the post that it answers; null for the first</param>
/// <param name="User">who wrote it; null if the account is gone</param>
/// <param name="Time">Unix seconds</param>
/// <param name="Text">with {0} for the first of the movies</param>
/// <param name="Movies">IMDb ids</param>
internal sealed record RedditPost(string Id, RedditPost? Above, string? User, long Time, string Text, params string[] Movies)
{
    /// <summary>Oldest first, itself the last.</summary>
    public IReadOnlyList<RedditPost> Path => [.. Above?.Path ?? [], this];

    public bool IsSeeker => User == Path[0].User && (User is not null || Above is null);

    public Role Role => IsSeeker ? Role.Seeker : Role.Recommender;

    /// <summary>As written.</summary>
    public string Raw(IReadOnlyDictionary<string, string> names) => Filled([.. Movies.Select(id => names[id][..names[id].LastIndexOf(" (", StringComparison.Ordinal)])]);

    /// <summary>With ids for titles.</summary>
    public string Processed => Filled(Movies);

    private string Filled(IReadOnlyList<string> movies)
    {
        string text = Text;
        for (int i = 0; i < movies.Count; i++)
            text = text.Replace($"{{{i}}}", movies[i], StringComparison.Ordinal);
        return text;
    }
}
