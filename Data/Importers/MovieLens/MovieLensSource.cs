namespace Data.Importers.MovieLens;

/// <summary>What all formats of MovieLens share: movies first, then ratings of those movies.</summary>
internal static class MovieLensSource
{
    /// <summary>The ids of MovieLens-1M and everything later are one space; those of 100K are not.</summary>
    public const string IdSpace = "movielens";

    private const string Licence = "MovieLens, GroupLens research group: research use, see the README of the data; cite Harper and Konstan 2015";

    /// <summary>Reads the ratings and joins everything.</summary>
    public static RatingsSource Read(
        SourceFiles files,
        string idSpace,
        MovieTable movies,
        RatingsLayout layout,
        SourceFile ratings,
        BadRows bad,
        RatingsImportOptions options,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellation)
    {
        string name = options.Name ?? files.Name;
        if (idSpace == IdSpace)
        {
            // The source's own links come first.
            if (files.Find("links.csv") is { } own)
                ImdbLinks.Add(own, movies, bad);
            if (options.ImdbLinks is { } given)
                ImdbLinks.Add(SourceFile.OfDisk(given), movies, bad);
        }

        var reading = new RatingsReading(layout, movies.Ids, bad, options.Threads, progress, cancellation);
        RatingTable table = reading.Read(ratings);
        return new RatingsSource(name, idSpace, movies.ToItems(), reading.Users.ToStrings(name + ":"), table, Licence, bad.Skipped)
        {
            ListedImdbIds = movies.ListedImdbIds,
        };
    }

    /// <summary>Divides <c>Adventure|Drama</c>; <c>(no genres listed)</c> is none.</summary>
    public static string[] Genres(string text) =>
        text is "(no genres listed)" ? [] : text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
