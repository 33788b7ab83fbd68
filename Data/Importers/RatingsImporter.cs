using Data.Importers.MovieLens;
using Trainers;

namespace Data.Importers;

/// <summary>Reads ratings: every published format of MovieLens, and any CSV or TSV by a column map; from a folder, a zip or a file.</summary>
public static class RatingsImporter
{
    /// <summary>Finds the format from the files that are there, and reads them.</summary>
    /// <param name="path">a folder, a zip, or one delimited file</param>
    /// <param name="options">what to do with malformed rows, further IMDb ids, the columns of an unknown format</param>
    /// <param name="progress">told every few hundred thousand rows, by one thread at a time</param>
    /// <param name="cancellation">looked at as often</param>
    /// <exception cref="UserErrorException">A file is missing, damaged or malformed: the message names file and line.</exception>
    public static RatingsSource Open(
        string path,
        RatingsImportOptions? options = null,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new RatingsImportOptions();
        using SourceFiles files = SourceFiles.Open(path);
        if (options.Columns is { } map)
            return DelimitedInteractions.Read(files, map, options, progress, cancellation);
        if (MovieLens100K.IsIn(files))
            return MovieLens100K.Read(files, options, progress, cancellation);
        if (MovieLensDat.IsIn(files))
            return MovieLensDat.Read(files, options, progress, cancellation);
        if (MovieLensCsv.IsIn(files))
            return MovieLensCsv.Read(files, options, progress, cancellation);
        throw new UserErrorException(
            "no ratings are found in it: expected u.data (MovieLens-100K), ratings.dat (1M, 10M) or ratings.csv with movies.csv (20M and later); for another format give a column map",
            path);
    }

    /// <summary>Whether a folder or zip is in a format that is found without a column map.</summary>
    public static bool Recognises(string path)
    {
        using SourceFiles files = SourceFiles.Open(path);
        return MovieLens100K.IsIn(files) || MovieLensDat.IsIn(files) || MovieLensCsv.IsIn(files);
    }
}
