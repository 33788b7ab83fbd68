using System.Text.Unicode;
using Data.Text;
using Trainers;

namespace Data.Importers.MovieLens;

/// <summary>
/// MovieLens-1M and 10M: <c>ratings.dat</c> and <c>movies.dat</c>, divided by <c>::</c>. The titles of 1M are in ISO 8859-1, those
/// of 10M in UTF-8: what is valid UTF-8 is taken for it. 1M has whole stars, 10M half ones; a time may be -1, for not known.
/// </summary>
internal static class MovieLensDat
{
    private const string MovieRow = "movie::title (year)::genre|genre";
    private const string RatingRow = "user::movie::rating::time";

    public static bool IsIn(SourceFiles files) => files.Find("ratings.dat") is not null;

    public static RatingsSource Read(SourceFiles files, RatingsImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var bad = new BadRows(options.SkipBadRows);
        MovieTable movies = ReadMovies(files.Require("movies.dat", $"the titles ({MovieRow})"), bad);
        var layout = new RatingsLayout(RecordFormat.Colons, 4, User: 0, Item: 1, Rating: 2, Time: 3, RatingRow)
        {
            // Only 1M describes its users.
            MinRating = files.Find("users.dat") is null ? 0.5f : 1,
            MaxRating = 5,
            NumericIds = true,
            ItemsFile = "movies.dat",
        };
        SourceFile ratings = files.Require("ratings.dat", $"the ratings ({RatingRow})");
        return MovieLensSource.Read(files, MovieLensSource.IdSpace, movies, layout, ratings, bad, options, progress, cancellation);
    }

    private static MovieTable ReadMovies(SourceFile file, BadRows bad)
    {
        byte[] content = file.ReadAll();
        if (content.Length == 0)
            throw new UserErrorException($"the file is empty: expected rows of {MovieRow}", file.Path);
        var movies = new MovieTable();
        using var reader = new RecordReader(new MemoryStream(content), RecordFormat.Colons with { Latin1 = !Utf8.IsValid(content) });
        while (reader.Read())
        {
            string? problem = reader.Count == 3
                ? movies.Add(reader[0], reader.Text(1), movies.Genres(reader.Text(2)), reader.Line)
                : $"the row has {reader.Count} columns where 3 are expected ({MovieRow})";
            if (problem is not null)
                bad.Add(problem, file.Path, reader.Line);
        }

        movies.RequireAny(file, MovieRow);
        return movies;
    }
}
