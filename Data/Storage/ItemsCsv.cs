using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Trainers;
using Trainers.Options;

namespace Data.Storage;

/// <summary>
/// items.csv: <c>item,title,year,genres,movielens_id,imdb_id,origin</c> and further columns; genres separated by '|';
/// origin is ratings, conversations, both or none. An empty field is an unknown value. Row n is item n.
/// </summary>
internal static class ItemsCsv
{
    private static readonly string[] Columns = ["item", "title", "year", "genres", "movielens_id", "imdb_id", "origin"];
    private static readonly ItemOrigin[] Origins = [ItemOrigin.None, ItemOrigin.Ratings, ItemOrigin.Conversations, ItemOrigin.Both];
    private static readonly string[] OriginNames = [.. Origins.Select(origin => OptionName.OfMember(origin))];
    private static readonly Dictionary<string, string> Nothing = [];

    /// <exception cref="UserErrorException">An item cannot be written so that it reads back the same.</exception>
    public static void Write(IReadOnlyList<Item> items, Stream destination)
    {
        string[] more = [.. items.SelectMany(item => item.More.Keys).Distinct(StringComparer.Ordinal)];
        if (Columns.Intersect(more, StringComparer.Ordinal).FirstOrDefault() is { } reserved)
            throw new UserErrorException($"items have a further column named `{reserved}`, which is a column of its own: rename it");

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var text = new StringBuilder();
        AppendRow(text, [.. Columns, .. more]);
        using var writer = new StreamWriter(destination, Utf8Text.Strict, leaveOpen: true);
        foreach (Item item in items)
        {
            RequireId("item", item.Id, ids);
            if (item.Genres.FirstOrDefault(genre => genre.Length == 0 || genre.Contains('|')) is { } genre)
                throw new UserErrorException($"item `{item.Id}`: the genre `{genre}` is empty or contains `|`, which separates genres");
            AppendRow(
                text,
                [
                    item.Id,
                    item.Title,
                    item.Year?.ToString(CultureInfo.InvariantCulture) ?? "",
                    string.Join('|', item.Genres),
                    item.MovieLensId ?? "",
                    item.ImdbId ?? "",
                    OptionName.OfMember(item.Origin),
                    .. more.Select(column => item.More.GetValueOrDefault(column, "")),
                ]);
            writer.Write(text);
            text.Clear();
        }

        writer.Write(text);
    }

    /// <summary>Ids stand in other files' lines, so they are one line each, and distinct.</summary>
    public static void RequireId(string what, string id, HashSet<string> seen)
    {
        if (id.Length == 0 || id.Any(char.IsControl))
            throw new UserErrorException($"the {what} id `{id.ReplaceLineEndings(" ")}` is empty or contains a control character");
        if (!seen.Add(id))
            throw new UserErrorException($"the {what} id `{id}` occurs twice");
    }

    public static List<Item> Read(string path, SkippedRows skipped)
    {
        var items = new List<Item>();
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        var genres = new Dictionary<string, string[]>(StringComparer.Ordinal) { [""] = [] };
        List<string>? header = null;
        foreach ((long line, List<string> fields) in CsvText.Records(Utf8Text.Read(path), path))
        {
            if (header is null)
            {
                header = fields;
                RequireColumns(header, path, line);
                continue;
            }

            try
            {
                Item item = Parse(header, fields, genres, path, line);
                if (!ids.TryAdd(item.Id, line))
                    throw new UserErrorException($"item `{item.Id}` occurs twice, first on line {ids[item.Id]}", path, line);
                items.Add(item);
            }
            catch (UserErrorException error)
            {
                skipped.Add(error);
            }
        }

        return header is null ? throw new UserErrorException("the file is empty: expected a header and one line per item", path) : items;
    }

    private static void RequireColumns(List<string> header, string path, long line)
    {
        if (!header.Take(Columns.Length).SequenceEqual(Columns))
            throw new UserErrorException($"the first columns must be `{string.Join(',', Columns)}`, not `{string.Join(',', header)}`", path, line);
        if (header.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserErrorException($"the column `{twice.Key}` occurs twice", path, line);
    }

    /// <param name="genres">by their text: most items share theirs with many others</param>
    private static Item Parse(List<string> header, List<string> fields, Dictionary<string, string[]> genres, string path, long line)
    {
        if (fields.Count != header.Count)
            throw new UserErrorException($"{fields.Count} columns, the header has {header.Count}", path, line);
        if (fields[0].Length == 0)
            throw new UserErrorException("the item has no id", path, line);

        int? year = null;
        if (fields[2].Length > 0)
        {
            year = int.TryParse(fields[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new UserErrorException($"the year `{fields[2]}` is not a whole number", path, line);
        }

        int origin = Array.IndexOf(OriginNames, fields[6]);
        if (origin < 0)
            throw new UserErrorException($"the origin `{fields[6]}` is none of ratings, conversations, both, none", path, line);

        Dictionary<string, string> more = header.Count == Columns.Length ? Nothing : new(StringComparer.Ordinal);
        for (int column = Columns.Length; column < fields.Count; column++)
        {
            if (fields[column].Length > 0)
                more.Add(header[column], fields[column]);
        }

        return new Item(
            fields[0],
            fields[1],
            year,
            CollectionsMarshal.GetValueRefOrAddDefault(genres, fields[3], out _) ??= fields[3].Split('|'),
            fields[4].Length == 0 ? null : fields[4],
            fields[5].Length == 0 ? null : fields[5],
            Origins[origin])
        {
            More = more,
        };
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
