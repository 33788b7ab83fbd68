using System.Buffers;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using Data.Text;
using Trainers;
using Trainers.Options;

namespace Data.Storage;

/// <summary>
/// items.csv: <c>item,title,year,genres,movielens_id,imdb_id,origin</c> and further columns; genres separated by '|';
/// origin is ratings, conversations, both or none. An empty field is an unknown value. Row n is item n.
/// </summary>
internal static class ItemsCsv
{
    /// <summary>Of a row; only so much room is made at first.</summary>
    private const int UsualBytes = 64, MostExpected = 1 << 20;

    private static readonly string[] Columns = ["item", "title", "year", "genres", "movielens_id", "imdb_id", "origin"];
    private static readonly ItemOrigin[] Origins = [ItemOrigin.None, ItemOrigin.Ratings, ItemOrigin.Conversations, ItemOrigin.Both];
    private static readonly string[] OriginNames = [.. Origins.Select(origin => OptionName.OfMember(origin))];
    private static readonly byte[][] OriginBytes = [.. OriginNames.Select(Encoding.UTF8.GetBytes)];
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 256).Select(letter => (char)letter).Where(char.IsControl)]);

    /// <exception cref="UserErrorException">An item cannot be written so that it reads back the same.</exception>
    public static void Write(IReadOnlyList<Item> items, Stream destination)
    {
        string[] more = [.. items.Where(item => item.More.Count > 0).SelectMany(item => item.More.Keys).Distinct(StringComparer.Ordinal)];
        if (Columns.Intersect(more, StringComparer.Ordinal).FirstOrDefault() is { } reserved)
            throw new UserErrorException($"items have a further column named `{reserved}`, which is a column of its own: rename it");

        var ids = new HashSet<string>(items.Count, StringComparer.Ordinal);
        var text = new StringBuilder();
        AppendRow(text, [.. Columns, .. more]);
        using var writer = new StreamWriter(destination, Utf8Text.Strict, leaveOpen: true);
        foreach (Item item in items)
        {
            RequireId("item", item.Id, ids);
            if (item.Genres.FirstOrDefault(genre => genre.Length == 0 || genre.Contains('|')) is { } genre)
                throw new UserErrorException($"item `{item.Id}`: the genre `{genre}` is empty or contains `|`, which separates genres");
            CsvText.AppendField(text, item.Id);
            CsvText.AppendField(text.Append(','), item.Title);
            text.Append(',').Append(CultureInfo.InvariantCulture, $"{item.Year}");
            CsvText.AppendField(text.Append(','), string.Join('|', item.Genres));
            CsvText.AppendField(text.Append(','), item.MovieLensId ?? "");
            CsvText.AppendField(text.Append(','), item.ImdbId ?? "");
            text.Append(',').Append(OriginNames[Array.IndexOf(Origins, item.Origin)]);
            foreach (string column in more)
                CsvText.AppendField(text.Append(','), item.More.GetValueOrDefault(column, ""));
            writer.Write(text.Append('\n'));
            text.Clear();
        }

        writer.Write(text);
    }

    /// <summary>Ids stand in other files' lines, so they are one line each, and distinct.</summary>
    public static void RequireId(string what, string id, HashSet<string> seen)
    {
        if (id.Length == 0 || id.AsSpan().ContainsAny(Controls))
            throw new UserErrorException($"the {what} id `{id.ReplaceLineEndings(" ")}` is empty or contains a control character");
        if (!seen.Add(id))
            throw new UserErrorException($"the {what} id `{id}` occurs twice");
    }

    /// <param name="path">of the file</param>
    /// <param name="skipped">takes malformed rows</param>
    /// <returns>the items, and their ids with their numbers</returns>
    /// <exception cref="UserErrorException">The file is malformed.</exception>
    public static (List<Item> Items, NameTable Ids) Read(string path, SkippedRows skipped)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        using var rows = new RecordReader(file, RecordFormat.Csv);
        string[] header = Header(rows, path);
        int expected = (int)Math.Min(file.Length / UsualBytes, MostExpected);
        var items = new List<Item>(expected);
        var lines = new List<long>(expected);
        var ids = new NameTable(expected);
        var genres = new Dictionary<string, string[]>(StringComparer.Ordinal) { [""] = [] };
        while (rows.Read())
        {
            try
            {
                Item item = Parse(header, rows, genres.GetAlternateLookup<ReadOnlySpan<char>>(), path);
                int number = ids.FindOrAdd(rows[0], out bool isNew);
                if (!isNew)
                    throw new UserErrorException($"item `{item.Id}` occurs twice, first on line {lines[number]}", path, rows.Line);
                items.Add(item);
                lines.Add(rows.Line);
            }
            catch (UserErrorException error)
            {
                skipped.Add(error);
            }
        }

        return (items, ids);
    }

    private static string[] Header(RecordReader rows, string path)
    {
        if (!rows.Read())
            throw new UserErrorException("the file is empty: expected a header and one line per item", path);
        if (rows.Problem is { } problem)
            throw new UserErrorException(problem, path, rows.Line);
        string[] header = [.. Enumerable.Range(0, rows.Count).Select(rows.Text)];
        if (!header.Take(Columns.Length).SequenceEqual(Columns))
            throw new UserErrorException($"the first columns must be `{string.Join(',', Columns)}`, not `{string.Join(',', header)}`", path, rows.Line);
        if (header.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserErrorException($"the column `{twice.Key}` occurs twice", path, rows.Line);
        return header;
    }

    /// <param name="genres">by their text: most items share theirs with many others</param>
    private static Item Parse(string[] header, RecordReader row, Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> genres, string path)
    {
        if (row.Problem is { } problem)
            throw new UserErrorException(problem, path, row.Line);
        if (row.Count != header.Length)
            throw new UserErrorException($"{row.Count} columns, the header has {header.Length}", path, row.Line);
        if (row[0].IsEmpty)
            throw new UserErrorException("the item has no id", path, row.Line);

        int? year = null;
        if (!row[2].IsEmpty)
        {
            year = int.TryParse(row[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new UserErrorException($"the year `{row.Text(2)}` is not a whole number", path, row.Line);
        }

        int origin = 0;
        while (origin < Origins.Length && !row[6].SequenceEqual(OriginBytes[origin]))
            origin++;
        if (origin == Origins.Length)
            throw new UserErrorException($"the origin `{row.Text(6)}` is none of ratings, conversations, both, none", path, row.Line);

        Dictionary<string, string>? more = null;
        for (int column = Columns.Length; column < row.Count; column++)
        {
            if (!row[column].IsEmpty)
                (more ??= new(StringComparer.Ordinal)).Add(header[column], row.Text(column));
        }

        return new Item(row.Text(0), row.Text(1), year, Genres(row[3], genres), TextOrNull(row, 4), TextOrNull(row, 5), Origins[origin])
        {
            More = (IReadOnlyDictionary<string, string>?)more ?? ReadOnlyDictionary<string, string>.Empty,
        };
    }

    private static string? TextOrNull(RecordReader row, int field) => row[field].IsEmpty ? null : row.Text(field);

    private static string[] Genres(ReadOnlySpan<byte> text, Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> genres)
    {
        const int Usual = 256;
        Span<char> letters = text.Length <= Usual ? stackalloc char[Usual] : new char[text.Length];
        letters = letters[..Encoding.UTF8.GetChars(text, letters)];
        if (!genres.TryGetValue(letters, out string[]? list))
            genres[letters] = list = letters.ToString().Split('|');
        return list;
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> fields)
    {
        bool first = true;
        foreach (string field in fields)
        {
            if (!first)
                text.Append(',');
            CsvText.AppendField(text, field);
            first = false;
        }

        text.Append('\n');
    }
}
