using Trainers.Sampling;

namespace Data.Synthetic;

/// <summary>Invented films: titles that collide, share words, have sequels and remakes, as real ones do.</summary>
internal static class SyntheticTitles
{
    internal static readonly string[] GenreNames =
    [
        "Action", "Adventure", "Animation", "Comedy", "Crime", "Documentary", "Drama", "Family",
        "Fantasy", "History", "Horror", "Music", "Mystery", "Romance", "Thriller", "Western",
    ];

    private static readonly string[] Adjectives =
    [
        "Amber", "Ancient", "Bitter", "Blind", "Borrowed", "Broken", "Burning", "Careless", "Cold", "Crooked", "Crystal", "Distant",
        "Electric", "Empty", "Endless", "Fallen", "Forgotten", "Frozen", "Gentle", "Gilded", "Hidden", "Hollow", "Honest", "Hungry",
        "Idle", "Iron", "Last", "Little", "Lonely", "Lost", "Lucky", "Midnight", "Modest", "Narrow", "Northern", "Paper",
        "Patient", "Perfect", "Quiet", "Reckless", "Restless", "Rusty", "Sacred", "Scarlet", "Second", "Secret", "Silent", "Silver",
        "Sleeping", "Slow", "Solemn", "Stolen", "Stubborn", "Sudden", "Summer", "Tender", "Third", "Velvet", "Wandering", "Winter",
    ];

    private static readonly string[] Nouns =
    [
        "Admiral", "Alibi", "Anthem", "Archive", "Autumn", "Bakery", "Ballad", "Beacon", "Border", "Bridge", "Brother", "Cabin",
        "Canyon", "Captain", "Carnival", "Castle", "Causeway", "Chapel", "Cipher", "Circus", "Comet", "Compass", "Corridor", "Daughter",
        "Desert", "Diary", "Dinner", "Dragon", "Empire", "Engine", "Error", "Ferry", "Festival", "Forest", "Fortune", "Frontier",
        "Garden", "General", "Ghost", "Glacier", "Harbour", "Heiress", "Highway", "Horizon", "Hotel", "Hunter", "Island", "Jury",
        "Kitchen", "Lantern", "Letter", "Library", "Lighthouse", "Machine", "Mirror", "Monsoon", "Neighbour", "Oath", "Orchard", "Orphan",
        "Passenger", "Pharmacist", "Pilot", "Promise", "Quarry", "Rebel", "River", "Saddle", "Sailor", "Season", "Shadow", "Signal",
        "Sister", "Station", "Storm", "Stranger", "Street", "Theatre", "Treasure", "Uncle", "Valley", "Verdict", "Village", "Violin",
        "Voyage", "Waltz", "Watchman", "Widow", "Window", "Witness",
    ];

    /// <summary>Title and year per item; no two items share both.</summary>
    /// <param name="sequelOf">for each item the one it continues, or -1; a smaller number than its own</param>
    internal static (string Title, int Year)[] Make(int items, int[] sequelOf, ulong seed)
    {
        var random = new SplitMix64(seed);
        var titles = new (string Title, int Year)[items];
        var used = new HashSet<(string, int)>();
        for (int i = 0; i < items; i++)
        {
            int year = 1940 + random.NextInt(45) + random.NextInt(40);
            string title = sequelOf[i] >= 0 ? Sequel(titles, sequelOf, i, ref year) : Original(random, items);
            while (!used.Add((title, year)))
                (title, year) = year < 2024 && random.NextInt(3) == 0 ? (title, year + 1) : (Original(random, items), year);
            titles[i] = (title, year);
        }

        return titles;
    }

    private static string Sequel((string Title, int Year)[] titles, int[] sequelOf, int item, ref int year)
    {
        int part = 2, first = sequelOf[item];
        year = Math.Min(2024, titles[first].Year + 2);
        for (; sequelOf[first] >= 0; first = sequelOf[first])
            part++;
        return $"{titles[first].Title} {part}";
    }

    private static string Original(SplitMix64 random, int items)
    {
        string a = Pick(random, Adjectives), n = Pick(random, Nouns), m = Pick(random, Nouns);
        return random.NextInt(items > 20_000 ? 3 : 6) switch
        {
            0 => $"{a} {n} of the {Pick(random, Adjectives)} {m}",
            1 => $"The {n} and the {a} {m}",
            2 => $"A {a} {n} in the {m}",
            3 => $"The {a} {n}",
            4 => $"{a} {n}",
            _ => $"{n} & {m}",
        };
    }

    private static string Pick(SplitMix64 random, string[] words) => words[random.NextInt(words.Length)];
}
