using Data.Text;

namespace Data.Importers;

/// <summary>Where the columns stand in a file of ratings, and what is allowed in them.</summary>
/// <param name="Format">how rows are divided</param>
/// <param name="Columns">how many each row has</param>
/// <param name="User">position of the user's id</param>
/// <param name="Item">position of the item's id</param>
/// <param name="Rating">position of the rating; -1 if there is none</param>
/// <param name="Time">position of the time; -1 if there is none</param>
/// <param name="Expected">the row's form in words, for messages</param>
internal sealed record RatingsLayout(RecordFormat Format, int Columns, int User, int Item, int Rating, int Time, string Expected)
{
    /// <summary>How many lines to leave out at the beginning.</summary>
    public int HeaderLines { get; init; }

    public float MinRating { get; init; } = float.NegativeInfinity;

    public float MaxRating { get; init; } = float.PositiveInfinity;

    /// <summary>User and item ids are whole numbers.</summary>
    public bool NumericIds { get; init; }

    /// <summary>The file that lists the items; null if items are whatever the rows name.</summary>
    public string? ItemsFile { get; init; }

    public bool AllowRepeats { get; init; }
}
