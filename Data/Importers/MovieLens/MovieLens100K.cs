using Data.Text;

namespace Data.Importers.MovieLens;

/// <summary>MovieLens-100K: <c>u.data</c>, divided by tabs, and <c>u.item</c>, divided by bars, in ISO 8859-1. Its ids are its own.</summary>
internal static class MovieLens100K
{
    public const string IdSpace = "ml-100k";

    private const string MovieRow = "movie|title (year)|released|video released|address|19 genre flags";
    private const string RatingRow = "user, movie, rating, time divided by tabs";
    private const int FirstFlag = 5;

    // The order of the flags, as the data's README gives it.
    private static readonly string[] GenreNames =
    [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy", "Film-Noir",
        "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
    ];

    public static bool IsIn(SourceFiles files) => files.Find("u.data") is not null;

    public static RatingsSource Read(SourceFiles files, RatingsImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var bad = new BadRows(options.SkipBadRows);
        MovieTable movies = ReadMovies(files.Require("u.item", $"the titles ({MovieRow})"), bad);
        var layout = new RatingsLayout(RecordFormat.Tabs, 4, User: 0, Item: 1, Rating: 2, Time: 3, RatingRow)
        {
            MinRating = 1,
            MaxRating = 5,
            NumericIds = true,
            ItemsFile = "u.item",
        };
        SourceFile ratings = files.Require("u.data", $"the ratings ({RatingRow})");
        return MovieLensSource.Read(files, IdSpace, movies, layout, ratings, bad, options, progress, cancellation);
    }

    private static MovieTable ReadMovies(SourceFile file, BadRows bad) => SourceFile.Guard(file.Path, () =>
    {
        var movies = new MovieTable();
        using var reader = new RecordReader(file.Open(), RecordFormat.Pipes with { Latin1 = true });
        int columns = FirstFlag + GenreNames.Length;
        while (reader.Read())
        {
            string? problem = reader.Count == columns ? null : $"the row has {reader.Count} columns where {columns} are expected ({MovieRow})";
            var genres = new List<string>();
            for (int g = 0; problem is null && g < GenreNames.Length; g++)
            {
                ReadOnlySpan<byte> flag = reader[FirstFlag + g];
                if (!flag.SequenceEqual("0"u8) && !flag.SequenceEqual("1"u8))
                    problem = $"\"{reader.Text(FirstFlag + g)}\" is not a genre flag: expected 0 or 1 in column {FirstFlag + g + 1}";
                else if (flag[0] == '1' && g > 0)
                    genres.Add(GenreNames[g]);
            }

            problem ??= movies.Add(reader[0], reader.Text(1), [.. genres], reader.Line);
            if (problem is not null)
                bad.Add(problem, file.Path, reader.Line);
        }

        movies.RequireAny(file, MovieRow);
        return movies;
    });
}
