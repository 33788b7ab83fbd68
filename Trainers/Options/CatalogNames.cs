namespace Trainers.Options;

/// <summary>What catalogs say of names.</summary>
public static class CatalogNames
{
    /// <summary>What to say of an unknown name, with the nearest of the known ones.</summary>
    public static string Unknown(string kind, string name, IReadOnlyList<string> known)
    {
        string nearest = NearestName.Of(name, known) is { } near ? $"; did you mean `{near}`?" : "";
        return $"there is no {kind} `{name}`{nearest} (known: {string.Join(", ", known)})";
    }
}
