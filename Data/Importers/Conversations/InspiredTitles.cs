namespace Data.Importers.Conversations;

/// <summary>Names shared by the importer of INSPIRED and the readers of its recorded matches.</summary>
public static class InspiredTitles
{
    /// <summary>The column of items that holds the title as recorded matches write it: "Spider Man".</summary>
    public const string Column = "recorded_title";
}
