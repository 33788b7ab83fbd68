using System.Text.RegularExpressions;

namespace Data.Importers.Conversations;

/// <summary>
/// Finds movies that a text writes with their year, "Heat (1995)": ReDIAL's workers chose movies from a list, and its texts hold
/// the names from the list letter by letter, so these are certain.
/// </summary>
/// <param name="itemOf">movie names as in the list, those with a year, to item rows</param>
internal sealed partial class DatedTitleSpotter(IReadOnlyDictionary<string, int> itemOf)
{
    private readonly Dictionary<string, int> _itemOf = new(itemOf);
    private readonly int _longest = itemOf.Count == 0 ? 0 : itemOf.Keys.Max(name => name.Length);

    /// <summary>In the order of the text. Of several names that end at one year the longest counts.</summary>
    /// <param name="text">cleaned by <see cref="TextSearch.Clean"/></param>
    /// <param name="unknown">titles with a year that are in no list</param>
    public List<TitleSpot> Find(string text, out int unknown)
    {
        unknown = 0;
        var spots = new List<TitleSpot>();
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> names = _itemOf.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ValueMatch year in Year().EnumerateMatches(text))
        {
            int end = year.Index + year.Length;
            bool found = false;
            for (int start = Math.Max(0, end - _longest); start < year.Index && !found; start++)
            {
                bool whole = start == 0 || !char.IsLetterOrDigit(text[start - 1]);
                if (whole && names.TryGetValue(text.AsSpan(start, end - start), out int item))
                {
                    spots.Add(new TitleSpot(start, item));
                    found = true;
                }
            }

            unknown += found ? 0 : 1;
        }

        return spots;
    }

    [GeneratedRegex(@"\((1[89]|20)\d\d\)", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}

/// <summary>An item found in a text.</summary>
/// <param name="Position">of its first character</param>
/// <param name="Item">row in the catalogue</param>
internal readonly record struct TitleSpot(int Position, int Item);
