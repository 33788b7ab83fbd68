using Data.Titles;

namespace Data.Importers.Conversations;

/// <summary>
/// Finds the movies of ReDIAL's turns. <c>rec</c> and <c>prev_entity</c> are DBpedia ids, most without a year and some wrong ("Coco" the
/// perfume); the texts hold the movies' names letter by letter. So the text says which movie, and the ids say which names count.
/// </summary>
/// <remarks>
/// Targets are the movies of the reply that <c>rec</c> has. Mentioned are all movies that the context names with their year, and
/// those without a year that <c>prev_entity</c> has. An entity that no utterance names was linked by mistake ("I loved it" as the film
/// "Loved") and is left out, with a count.
/// </remarks>
internal sealed class RedialTurnLinker : ITurnLinker
{
    private readonly EntityTable _entities;
    private readonly ImportNotes _notes;
    private readonly Movie[] _movies;
    private readonly ILookup<string, int> _byKey;
    private readonly DatedTitleSpotter _spotter;
    private readonly Dictionary<string, Candidates> _candidates = [];

    public RedialTurnLinker(RedialMovies movies, EntityTable entities, ImportNotes notes)
    {
        (Items, _entities, _notes) = (movies.Items, entities, notes);
        _movies = [.. Items.Select(item => new Movie(item.Title, TitleText.Parse(item.Title)))];
        _byKey = Enumerable.Range(0, _movies.Length).ToLookup(row => TitleNormalizer.Normalize(_movies[row].Parsed.Title));
        var dated = new Dictionary<string, int>();
        for (int row = 0; row < _movies.Length; row++)
        {
            if (_movies[row].Parsed.Year is not null)
                dated.TryAdd(_movies[row].Name, row);
        }

        _spotter = new DatedTitleSpotter(dated);
        foreach (string id in entities.Items)
            Report(Of(id), entities.NameOf(id));
    }

    public IReadOnlyList<SourceItem> Items { get; }

    public TurnItems Link(TurnRow row)
    {
        string file = Path.GetFileName(row.Row.File);
        var spots = new List<TitleSpot>[row.Context.Count];
        string[] texts = [.. row.Context.Select(said => TextSearch.Clean(said.Text))];
        for (int i = 0; i < spots.Length; i++)
            spots[i] = _spotter.Find(texts[i], out _);

        var dated = spots.SelectMany(list => list.Select(spot => spot.Item)).ToHashSet();
        foreach (string id in row.Previous.Where(_entities.IsItem))
        {
            Candidates candidates = Of(id);
            if (candidates.Rows.Any(dated.Contains))
                continue;
            bool named = false;
            for (int i = 0; i < texts.Length; i++)
            {
                foreach (TitleSpot spot in Undated(texts[i], candidates.Rows))
                {
                    spots[i].Add(spot);
                    named = true;
                }
            }

            if (!named)
                _notes.List(file, "items of `prev_entity` that no utterance names, taken as linked by mistake and left out", _entities.NameOf(id));
        }

        int[][] context = [.. spots.Select(InOrder)];
        return new TurnItems(context, [], Reply(row, file));
    }

    private int[] Reply(TurnRow row, string file)
    {
        string text = TextSearch.Clean(row.Reply);
        List<TitleSpot> dated = _spotter.Find(text, out int unknown);
        _notes.Count(file, "titles with a year in replies that are no movie's name", unknown);
        var claimed = new List<TitleSpot>();

        // Ids with a year first: what they claim is no longer open to those without.
        foreach (string id in row.Rec.OrderBy(id => Of(id).Name.Year is null))
        {
            Candidates candidates = Of(id);
            TitleSpot[] fitting = [.. dated.Where(spot => candidates.Rows.Contains(spot.Item)).OrderBy(spot => !candidates.SameYear.Contains(spot.Item))];
            if (fitting.Length == 0)
                fitting = [.. Undated(text, candidates.Rows)];
            if (fitting.Length > 0)
                claimed.Add(fitting.Where(spot => !claimed.Contains(spot)).Append(fitting[0]).First());
            else if (candidates.Sole is { } sole)
            {
                _notes.List(file, "items of `rec` that the reply does not name, taken as the one movie of that title", _entities.NameOf(id));
                claimed.Add(new TitleSpot(int.MaxValue, sole));
            }
            else
                _notes.List(file, "items of `rec` that are no movie of the list, not predicted", _entities.NameOf(id));
        }

        foreach (TitleSpot spot in dated.Where(spot => !claimed.Exists(claim => claim.Item == spot.Item)))
            _notes.List(file, "movies that a reply names and `rec` lacks, not predicted", _movies[spot.Item].Name);
        return InOrder(claimed);
    }

    private IEnumerable<TitleSpot> Undated(string text, IReadOnlyList<int> rows) =>
        from row in rows
        where _movies[row].Parsed.Year is null
        let at = TextSearch.IndexOfWords(text, _movies[row].Name)
        where at >= 0
        group row by at into same
        select new TitleSpot(same.Key, same.First());

    private static int[] InOrder(List<TitleSpot> spots) => [.. spots.OrderBy(spot => spot.Position).Select(spot => spot.Item)];

    private Candidates Of(string id)
    {
        if (_candidates.TryGetValue(id, out Candidates? known))
            return known;
        var name = DbpediaName.Parse(_entities.NameOf(id));
        int[] rows = [.. _byKey[TitleNormalizer.Normalize(name.Title)]];
        if (rows.Length == 0)
            rows = [.. _byKey[TitleNormalizer.Normalize(name.Label)]];
        if (rows.Length == 0)
            rows = [.. _byKey[TitleNormalizer.Normalize(DbpediaName.LastSegment(name.Title).Split(" (")[0])]];
        int[] sameYear = [.. rows.Where(row => name.Year is { } year && _movies[row].Parsed.Year == year)];
        int[] possible = [.. rows.Where(row => name.Year is null || _movies[row].Parsed.Year is null)];
        int? sole = sameYear.Length == 1 ? sameYear[0] : sameYear.Length == 0 && possible.Length == 1 ? possible[0] : null;
        return _candidates[id] = new Candidates(name, rows, sameYear, sole);
    }

    private void Report(Candidates candidates, string address)
    {
        const string file = EntityTable.ItemsFile;
        if (candidates.Sole is not null)
            _notes.Count(file, candidates.SameYear.Count > 0 ? "DBpedia items that are one movie by title and year" : "DBpedia items that are one movie by title");
        else if (candidates.Rows.Count > 0)
            _notes.Count(file, "DBpedia items with several movies of their title, told apart by the texts");
        else
            _notes.List(file, "DBpedia items that are no movie of the list", address);
    }

    /// <param name="Name">as in the texts</param>
    /// <param name="Parsed">title and year</param>
    private readonly record struct Movie(string Name, (string Title, int? Year) Parsed);

    /// <param name="Name">what the DBpedia address says</param>
    /// <param name="Rows">movies of that title</param>
    /// <param name="SameYear">those of that year too</param>
    /// <param name="Sole">the movie if there is only one that it can be</param>
    private sealed record Candidates(DbpediaName Name, IReadOnlyList<int> Rows, IReadOnlyList<int> SameYear, int? Sole);
}
