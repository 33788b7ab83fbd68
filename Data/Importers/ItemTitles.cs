using Data.Text;

namespace Data.Importers;

/// <summary>Titles of items by their ids.</summary>
internal sealed class ItemTitles
{
    private readonly Dictionary<string, SourceItem> byId = new(StringComparer.Ordinal);

    public SourceItem? Find(string id) => byId.GetValueOrDefault(id);

    public static ItemTitles Read(SourceFile file, char? delimiter, BadRows bad) => SourceFile.Guard(file.Path, () =>
    {
        RecordFormat format = DelimitedInteractions.FormatOf(file, delimiter);
        var columns = DelimitedColumns.Of(file, format, header: true);
        int? id = columns.TryFind("item") ?? columns.TryFind("id") ?? columns.TryFind("movieId");
        int? title = columns.TryFind("title") ?? columns.TryFind("name");
        int? imdb = columns.TryFind("imdb_id"), genres = columns.TryFind("genres");
        var titles = new ItemTitles();
        using var reader = new RecordReader(file.Open(), format);
        if (id is not null && title is not null)
            reader.Read();
        else
            (id, title) = (0, 1);
        while (reader.Read())
        {
            string? problem = reader.Problem ?? (reader.Count == columns.Count ? null : $"the row has {reader.Count} columns where {columns.Count} are expected");
            if (problem is null && reader.Count < 2)
                problem = "expected the item's id and its title";
            if (problem is null)
            {
                string key = reader.Text(id.Value);
                string? imdbId = imdb is { } i && reader[i].Length > 0 ? reader.Text(i) : null;
                var item = new SourceItem(key, reader.Text(title.Value), genres is { } g ? MovieLens.MovieLensSource.Genres(reader.Text(g)) : [], imdbId);
                if (!titles.byId.TryAdd(key, item))
                    problem = $"the item {key} is listed twice: keep one of the two rows";
            }

            if (problem is not null)
                bad.Add(problem, file.Path, reader.Line);
        }

        return titles;
    });
}
