using System.Text;
using Data.Text;
using Trainers;

namespace Data.Importers.MovieLens;

/// <summary>A links.csv of MovieLens: <c>movieId,imdbId,tmdbId</c>, IMDb ids without prefix.</summary>
internal static class ImdbLinks
{
    private const string Expected = "movieId,imdbId,tmdbId";

    public static void Add(SourceFile file, MovieTable movies, BadRows bad) => SourceFile.Guard(file.Path, () =>
    {
        using var reader = new RecordReader(file.Open(), RecordFormat.Csv);
        if (!reader.Read() || reader.Problem is not null || reader.Count < 2 || reader.Text(0) != "movieId" || reader.Text(1) != "imdbId")
            throw new UserErrorException($"this is no links file of MovieLens: expected the header {Expected}", file.Path, 1);
        int columns = reader.Count;
        while (reader.Read())
        {
            string? problem = reader.Problem;
            if (problem is null && reader.Count != columns)
                problem = $"the row has {reader.Count} columns where {columns} are expected ({Expected})";
            else if (problem is null && !NumberText.IsDigits(reader[0]))
                problem = $"\"{reader.Text(0)}\" is not a movie number: expected {Expected}";
            else if (problem is null && !reader[1].IsEmpty && !NumberText.IsDigits(reader[1]))
                problem = $"\"{reader.Text(1)}\" is not an IMDb number: expected {Expected}";

            if (problem is not null)
                bad.Add(problem, file.Path, reader.Line);
            else if (!reader[1].IsEmpty)
                movies.AddImdbId(reader[0], WithPrefix(reader[1]));
        }

        return true;
    });

    /// <summary><c>114709</c> to <c>tt0114709</c>: seven digits at least.</summary>
    public static string WithPrefix(ReadOnlySpan<byte> digits) => "tt" + Encoding.ASCII.GetString(digits).TrimStart('0').PadLeft(7, '0');
}
