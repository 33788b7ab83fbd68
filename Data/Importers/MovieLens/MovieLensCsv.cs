using Data.Text;
using Trainers;

namespace Data.Importers.MovieLens;

/// <summary>MovieLens-20M, 25M, 32M and latest: <c>ratings.csv</c>, <c>movies.csv</c>, and <c>links.csv</c> if it is there.</summary>
internal static class MovieLensCsv
{
    private const string MovieRow = "movieId,title,genres";
    private const string RatingRow = "userId,movieId,rating,timestamp";

    public static bool IsIn(SourceFiles files) => files.Find("ratings.csv") is { } ratings
        && (files.Find("movies.csv") is not null || HasHeader(ratings, RatingRow));

    public static RatingsSource Read(SourceFiles files, RatingsImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var bad = new BadRows(options.SkipBadRows);
        MovieTable movies = ReadMovies(files.Require("movies.csv", $"the titles ({MovieRow})"), bad);
        SourceFile ratings = files.Require("ratings.csv", $"the ratings ({RatingRow})");
        RequireHeader(ratings, RatingRow);
        var layout = new RatingsLayout(RecordFormat.Csv, 4, User: 0, Item: 1, Rating: 2, Time: 3, RatingRow)
        {
            HeaderLines = 1,
            MinRating = 0.5f,
            MaxRating = 5,
            NumericIds = true,
            ItemsFile = "movies.csv",
        };
        return MovieLensSource.Read(files, MovieLensSource.IdSpace, movies, layout, ratings, bad, options, progress, cancellation);
    }

    private static MovieTable ReadMovies(SourceFile file, BadRows bad)
    {
        RequireHeader(file, MovieRow);
        return SourceFile.Guard(file.Path, () =>
        {
            var movies = new MovieTable();
            using var reader = new RecordReader(file.Open(), RecordFormat.Csv);
            reader.Read();
            while (reader.Read())
            {
                string? problem = reader.Problem;
                if (problem is null && reader.Count != 3)
                    problem = $"the row has {reader.Count} columns where 3 are expected ({MovieRow}): quote a title with commas";
                problem ??= movies.Add(reader[0], reader.Text(1), movies.Genres(reader.Text(2)), reader.Line);
                if (problem is not null)
                    bad.Add(problem, file.Path, reader.Line);
            }

            movies.RequireAny(file, MovieRow);
            return movies;
        });
    }

    private static bool HasHeader(SourceFile file, string header) => SourceFile.Guard(file.Path, () =>
    {
        using var reader = new RecordReader(file.Open(), RecordFormat.Csv);
        return reader.Read() && reader.Problem is null
            && string.Equals(string.Join(',', Enumerable.Range(0, reader.Count).Select(reader.Text)), header, StringComparison.OrdinalIgnoreCase);
    });

    private static void RequireHeader(SourceFile file, string header)
    {
        if (file.Length == 0)
            throw new UserErrorException($"the file is empty: expected the header {header} and rows under it", file.Path);
        if (!HasHeader(file, header))
            throw new UserErrorException($"the header is missing: expected {header}", file.Path, 1);
    }
}
