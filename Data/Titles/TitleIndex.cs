namespace Data.Titles;

/// <summary>
/// Finds the item that a title means: by the same key and year, then by years one apart, then by a bounded edit distance.
/// Safe to look up in from several threads.
/// </summary>
/// <remarks>
/// Keys are <see cref="TitleNormalizer"/>'s without their spaces ("spiderman"). The year decides among remakes; where years are one
/// apart, the article must be the same ("The Circle (2016)" is not "Circle (2015)"), and where no year is given the same article
/// comes first ("Fury" is not "The Fury"). A main title beats another title in parentheses, and both beat a part of a title.
/// The edit distance allows more the longer the key (see <see cref="TitleDistance"/>) and never looks at parts.
/// </remarks>
public sealed class TitleIndex
{
    private readonly Dictionary<string, Entry[]> byKey;
    private readonly string[] keys;
    private readonly Lazy<BigramPostings> postings;

    /// <param name="entries">items under their titles; one item may come several times</param>
    /// <param name="byParts">also finds an item by a part of its title, see <see cref="TitleParts"/></param>
    public TitleIndex(IEnumerable<TitleEntry> entries, bool byParts = false)
    {
        var lists = new Dictionary<string, List<Entry>>();
        foreach (TitleEntry entry in entries)
        {
            (string main, IReadOnlyList<string> others) = TitleText.SplitAlsoKnownAs(entry.Title);
            Add(main, entry, Strength.Main);
            if (others.Count > 0)
                Add(entry.Title, entry, Strength.Main);
            foreach (string other in others.Concat(entry.AlsoKnownAs ?? []))
                Add(other, entry, Strength.Other);
            foreach (TitlePart part in byParts ? TitleParts.Of(main) : [])
                Add(part.Title, entry, part.NeedsYear ? Strength.DatedPart : Strength.Part);
        }

        byKey = lists.ToDictionary(list => list.Key, list => list.Value.ToArray(), StringComparer.Ordinal);
        keys = [.. lists.Keys.Order(StringComparer.Ordinal)];
        postings = new Lazy<BigramPostings>(() => new BigramPostings(keys));

        void Add(string title, TitleEntry entry, Strength strength)
        {
            string key = Key(title);
            if (key.Length == 0)
                return;
            if (!lists.TryGetValue(key, out List<Entry>? list))
                lists.Add(key, list = []);
            if (!list.Exists(known => known.Item == entry.Id && known.Year == entry.Year))
                list.Add(new Entry(entry.Id, entry.Year, strength, Articles.Leading(title)));
        }
    }

    /// <summary>The index of a catalogue, by the titles of its items; numbers are positions.</summary>
    /// <param name="items">I items</param>
    /// <param name="byParts">also finds an item by a part of its title</param>
    public static TitleIndex Of(IReadOnlyList<Item> items, bool byParts = false) => new(TitleEntry.Of(items), byParts);

    /// <summary>True if the whole of some item's title, main or other, has this one's key.</summary>
    public bool Knows(string title) => byKey.TryGetValue(Key(title), out Entry[]? entries) && Array.Exists(entries, entry => entry.IsWhole);

    /// <summary>Finds the item that a title means.</summary>
    /// <param name="title">without its year; other titles in parentheses are tried after the main one</param>
    /// <param name="year">of release, if known</param>
    /// <param name="tie">decides among items with the same title and year, or the same title if no year is given; without it they are ambiguous</param>
    /// <param name="maxDistance">the greatest edit distance allowed, 0 for none; the length of the key may allow less</param>
    public TitleMatch Lookup(string title, int? year, TitleTie? tie = null, int maxDistance = TitleDistance.Most)
    {
        (string main, IReadOnlyList<string> others) = TitleText.SplitAlsoKnownAs(title);
        IEnumerable<string> variants = others.Count == 0 ? [main] : [main, title, .. others];
        foreach (string variant in variants)
        {
            if (byKey.TryGetValue(Key(variant), out Entry[]? entries) && ByYear(entries, year, Articles.Leading(variant), tie) is { } match)
                return match;
        }

        return maxDistance > 0 ? Nearest(Key(main), year, tie, maxDistance) : TitleMatch.NotFound;
    }

    private static string Key(string title) => TitleNormalizer.Normalize(title).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Decides among the entries of one key; null if the years exclude them all.</summary>
    private static TitleMatch? ByYear(Entry[] entries, int? year, string article, TitleTie? tie)
    {
        if (year is null)
            return Decide(entries.Where(entry => entry.Strength != Strength.DatedPart), TitleMatchKind.TitleAlone, 0, tie, article);
        return Decide(entries.Where(entry => entry.Year == year), TitleMatchKind.Exact, 0, tie)
            ?? Decide(entries.Where(entry => entry.IsWhole && entry.Year is { } known && Math.Abs(known - year.Value) == 1 && entry.Article == article), TitleMatchKind.YearOff, 0, tie)
            ?? Decide(entries.Where(entry => entry.IsWhole && entry.Year is null), TitleMatchKind.TitleAlone, 0, tie);
    }

    /// <summary>The strongest entries, then those with the article if there are any, then the tie; of several that share a part none is more likely.</summary>
    private static TitleMatch? Decide(IEnumerable<Entry> entries, TitleMatchKind how, int distance, TitleTie? tie, string? article = null)
    {
        Entry[] fitting = [.. entries];
        if (fitting.Length == 0)
            return null;
        Strength strongest = fitting.Min(entry => entry.Strength);
        fitting = [.. fitting.Where(entry => entry.Strength == strongest)];
        Entry[] likelier = [.. fitting.Where(entry => entry.Article == article)];
        if (article is null || likelier.Length == 0)
            likelier = fitting;

        // People leave an article out, but add none.
        if (!string.IsNullOrEmpty(article) || tie is null)
            fitting = likelier;
        int[] items = Items(fitting);
        int? chosen = items.Length == 1 ? items[0] : fitting[0].IsWhole ? tie?.Invoke(items, Items(likelier)) : null;
        return chosen is { } item
            ? new TitleMatch(TitleMatchStatus.Found, item, how, distance, items)
            : new TitleMatch(TitleMatchStatus.Ambiguous, -1, how, distance, items);
    }

    private static int[] Items(Entry[] entries) => [.. entries.Select(entry => entry.Item).Distinct().Order()];

    private TitleMatch Nearest(string key, int? year, TitleTie? tie, int maxDistance)
    {
        int most = Math.Min(maxDistance, TitleDistance.Allowed(key.Length, sameYear: year is not null));
        if (most == 0)
            return TitleMatch.NotFound;

        int nearest = most + 1;
        var fitting = new List<Entry>();
        foreach (int k in postings.Value.Sharing(key, key.Length - 1 - (2 * most)))
        {
            string other = keys[k];
            if (Math.Abs(other.Length - key.Length) > most || !TitleDistance.CanBeSlip(key, other))
                continue;
            int shorter = Math.Min(key.Length, other.Length);
            foreach (Entry entry in byKey[other])
            {
                bool sameYear = year is not null && entry.Year == year;
                if (!entry.IsWhole)
                    continue;
                if (!sameYear && year is not null && entry.Year is not null)
                    continue;
                int bound = Math.Min(Math.Min(most, nearest), TitleDistance.Allowed(shorter, sameYear));
                int distance = bound == 0 ? -1 : EditDistance.Within(key, other, bound);
                if (distance < 0)
                    continue;
                if (distance < nearest)
                    fitting.Clear();
                nearest = distance;
                fitting.Add(entry);
            }
        }

        return Decide(fitting, TitleMatchKind.EditDistance, nearest, tie) ?? TitleMatch.NotFound;
    }

    /// <summary>How much a title says, most first.</summary>
    private enum Strength
    {
        Main,
        Other,
        Part,
        DatedPart,
    }

    /// <param name="Item">number</param>
    /// <param name="Year">if known</param>
    /// <param name="Strength">main title, "also known as", or a part of it</param>
    /// <param name="Article">that the key lacks</param>
    private readonly record struct Entry(int Item, int? Year, Strength Strength, string Article)
    {
        public bool IsWhole => Strength <= Strength.Other;
    }
}
