namespace Data.Importers.Conversations;

/// <summary>Which film the annotators of INSPIRED meant by a DBpedia address, counted over the dialogues.</summary>
internal sealed class MovieVotes
{
    private readonly Dictionary<string, Dictionary<string, int>> _votes = [];

    /// <param name="address">from <c>movie_link</c></param>
    /// <param name="film">from <c>movie</c>, with its year</param>
    public void Add(string address, string film)
    {
        if (!_votes.TryGetValue(address, out Dictionary<string, int>? films))
            _votes[address] = films = [];
        films[film] = films.GetValueOrDefault(film) + 1;
    }

    public int CountOf(string address) => _votes.TryGetValue(address, out Dictionary<string, int>? films) ? films.Values.Sum() : 0;

    /// <summary>The film named most often, the first in alphabetical order of several; null if none.</summary>
    public string? MostNamed(string address) => _votes.TryGetValue(address, out Dictionary<string, int>? films)
        ? films.OrderByDescending(film => film.Value).ThenBy(film => film.Key, StringComparer.Ordinal).First().Key
        : null;
}
