using Trainers.Options;

namespace Workbench.Experiments;

/// <summary>Several catalogs under one key of the file; their names differ.</summary>
internal sealed class JoinedCatalog(params ICatalog[] catalogs) : ICatalog
{
    public string Kind => catalogs[0].Kind;

    public IReadOnlyList<ICatalogEntry> Entries { get; } = [.. catalogs.SelectMany(catalog => catalog.Entries)];

    public ICatalogEntry? FindEntry(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    public string Unknown(string name) => CatalogNames.Unknown(Kind, name, [.. Entries.Select(entry => entry.Name)]);
}
