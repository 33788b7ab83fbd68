using System.Text;
using Data.Text;
using Data.Storage;
using Trainers;

namespace Data.Importers;

/// <summary>Any CSV or TSV file of interactions, by a column map. Items are what the rows name; a file of titles may name them better.</summary>
internal static class DelimitedInteractions
{
    public static RatingsSource Read(
        SourceFiles files, ColumnMap map, RatingsImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        string name = options.Name ?? files.Name;
        var bad = new BadRows(options.SkipBadRows);
        SourceFile file = Interactions(files, map);
        RecordFormat format = FormatOf(file, map.Delimiter);
        var columns = DelimitedColumns.Of(file, format, map.Header);
        int user = columns.Find(map.User), item = columns.Find(map.Item);
        int rating = map.Rating is { } r ? columns.Find(r) : -1, time = map.Time is { } t ? columns.Find(t) : -1;
        var layout = new RatingsLayout(format, columns.Count, user, item, rating, time, columns.ToString())
        {
            HeaderLines = map.Header ? 1 : 0,
            MinRating = map.MinRating,
            MaxRating = map.MaxRating,
            AllowRepeats = map.Repeats ?? rating < 0,
        };

        var keys = new NameTable();
        var reading = new RatingsReading(layout, keys, bad, options.Threads, progress, cancellation);
        RatingTable table = reading.Read(file);
        ItemTitles? titles = map.Titles is { } titlesFile ? ItemTitles.Read(TitlesFile(files, titlesFile), map.Delimiter, bad) : null;
        var items = new SourceItem[keys.Count];
        for (int i = 0; i < items.Length; i++)
        {
            string id = Encoding.UTF8.GetString(keys[i]);
            items[i] = titles?.Find(id) ?? new SourceItem(id, id, [], null);
        }

        return new RatingsSource(name, name, items, reading.Users.ToStrings(name + ":"), table, "not stated: see where the file comes from", bad.Skipped);
    }

    internal static RecordFormat FormatOf(SourceFile file, char? delimiter)
    {
        char divider = delimiter ?? (Path.GetExtension(file.Name).ToLowerInvariant() is ".tsv" or ".tab" or ".data" ? '\t' : ',');
        return divider is < '\x80' and not ('"' or '\n' or '\r')
            ? new RecordFormat((byte)divider, Quotes: divider != '\t')
            : throw new UserErrorException($"the delimiter must be one ASCII character, and neither a quote nor a line end; given was \"{divider}\"");
    }

    private static SourceFile Interactions(SourceFiles files, ColumnMap map)
    {
        if (map.File is { } name)
            return files.Require(name, "the interactions");
        SourceFile[] candidates = [.. files.All.Where(file => file.Name != map.Titles
            && Path.GetExtension(file.Name).ToLowerInvariant() is ".csv" or ".tsv" or ".tab" or ".data" or ".txt" or ".dat" or ".inter")];
        return candidates switch
        {
            [var only] => files.Require(only.Name, "the interactions"),
            [] => files.All.Count() == 1 ? files.All.First() : throw new UserErrorException("no file of interactions is in it: expected a .csv or .tsv file", files.Path),
            _ => throw new UserErrorException(
                $"several files could hold the interactions ({string.Join(", ", candidates.Select(file => file.Name))}): name one in the column map", files.Path),
        };
    }

    /// <summary>In the folder or zip, beside a single file, or anywhere by its path.</summary>
    private static SourceFile TitlesFile(SourceFiles files, string name)
    {
        if (files.Find(name) is { } inside)
            return inside;
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(files.Path)) ?? "", name);
        return SourceFile.OfDisk(File.Exists(beside) ? beside : name);
    }
}
