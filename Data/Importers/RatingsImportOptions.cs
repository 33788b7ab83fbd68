namespace Data.Importers;

/// <summary>How ratings are read.</summary>
public sealed record RatingsImportOptions
{
    /// <summary>Leave malformed rows out and count them, instead of stopping at the first.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>A links.csv of MovieLens: gives IMDb ids to movies of the id space <c>movielens</c> that have none.</summary>
    public string? ImdbLinks { get; init; }

    /// <summary>The source's name; by default that of the folder, zip or file.</summary>
    public string? Name { get; init; }

    /// <summary>At most so many; what is read does not depend on them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>For files of no known format: which column is what.</summary>
    public ColumnMap? Columns { get; init; }
}

/// <summary>Which columns of a CSV or TSV file hold what. A column is named by its header, or by its number from 1.</summary>
/// <param name="User">ids of any text</param>
/// <param name="Item">ids of any text</param>
public sealed record ColumnMap(string User, string Item)
{
    /// <summary>Numbers; without the column every value is NaN.</summary>
    public string? Rating { get; init; }

    /// <summary>Unix seconds; without the column every time is 0 and the order is the file's.</summary>
    public string? Time { get; init; }

    /// <summary>By default a tab for .tsv, .tab and .data, a comma otherwise.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first line names the columns. Without it columns are named by number.</summary>
    public bool Header { get; init; } = true;

    /// <summary>Least rating allowed.</summary>
    public float MinRating { get; init; } = float.NegativeInfinity;

    /// <summary>Greatest rating allowed.</summary>
    public float MaxRating { get; init; } = float.PositiveInfinity;

    /// <summary>Whether a user may have an item more than once; by default yes if there are no ratings, as then rows are events.</summary>
    public bool? Repeats { get; init; }

    /// <summary>The file of interactions, where the path is a folder or a zip that holds several.</summary>
    public string? File { get; init; }

    /// <summary>A file beside it with the items' titles: its first two columns are id and title, or those named <c>item</c>, <c>id</c>, <c>title</c>, <c>imdb_id</c>.</summary>
    public string? Titles { get; init; }
}

/// <summary>How far an import has come.</summary>
/// <param name="File">being read</param>
/// <param name="Bytes">read of it</param>
/// <param name="TotalBytes">of it</param>
/// <param name="Rows">read of it</param>
public readonly record struct ImportProgress(string File, long Bytes, long TotalBytes, long Rows);
