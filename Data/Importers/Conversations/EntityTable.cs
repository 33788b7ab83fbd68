using System.Text.Json;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>
/// entity2id.json and item_ids.json: what the ids in <c>rec</c> and <c>prev_entity</c> mean, and which of them are items.
/// Ids are numbers (ReDIAL, INSPIRED) or IMDb ids (Reddit-Movie); here they are texts.
/// </summary>
internal sealed class EntityTable
{
    public const string NamesFile = "entity2id.json";
    public const string ItemsFile = "item_ids.json";

    private readonly Dictionary<string, string> _nameOf;
    private readonly Dictionary<string, string> _idOf;
    private readonly HashSet<string> _items;

    private EntityTable(Dictionary<string, string> nameOf, Dictionary<string, string> idOf, IReadOnlyList<string> items) =>
        (_nameOf, _idOf, Items, _items) = (nameOf, idOf, items, [.. items]);

    /// <summary>The items' ids, in the order of their file.</summary>
    public IReadOnlyList<string> Items { get; }

    public int Count => _nameOf.Count;

    public bool IsItem(string id) => _items.Contains(id);

    public bool Knows(string id) => _nameOf.ContainsKey(id);

    public string NameOf(string id) => _nameOf[id];

    /// <summary>The id of a name such as a DBpedia address; null if it has none.</summary>
    public string? IdOf(string name) => _idOf.GetValueOrDefault(name);

    /// <summary>Items that have no id but their name.</summary>
    public static EntityTable OfNames(IEnumerable<string> names)
    {
        string[] items = [.. names.Distinct(StringComparer.Ordinal)];
        var own = items.ToDictionary(name => name, StringComparer.Ordinal);
        return new EntityTable(own, own, items);
    }

    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, NamesFile)) || File.Exists(Path.Combine(folder, ItemsFile));

    /// <exception cref="UserErrorException">A file is missing or malformed, or an item is no entity.</exception>
    public static EntityTable Load(string folder, string neededFor)
    {
        using JsonDocument names = SideFile.Open(folder, NamesFile, JsonValueKind.Object, neededFor);
        using JsonDocument ids = SideFile.Open(folder, ItemsFile, JsonValueKind.Array, neededFor);

        var nameOf = new Dictionary<string, string>();
        var idOf = new Dictionary<string, string>();
        foreach (JsonProperty entity in names.RootElement.EnumerateObject())
        {
            string id = Id(entity.Value, Path.Combine(folder, NamesFile), entity.Name);
            nameOf.TryAdd(id, entity.Name);
            if (!idOf.TryAdd(entity.Name, id) && idOf[entity.Name] != id)
                throw new UserErrorException($"\"{entity.Name}\" has two ids, {idOf[entity.Name]} and {id}: remove one", Path.Combine(folder, NamesFile));
        }

        var items = new List<string>();
        var seen = new HashSet<string>();
        foreach (JsonElement element in ids.RootElement.EnumerateArray())
        {
            string id = Id(element, Path.Combine(folder, ItemsFile), "the list");
            if (!nameOf.ContainsKey(id))
                throw new UserErrorException($"item {id} is not in {NamesFile}: take both files from one version of the dataset", Path.Combine(folder, ItemsFile));
            if (seen.Add(id))
                items.Add(id);
        }

        return items.Count > 0
            ? new EntityTable(nameOf, idOf, items)
            : throw new UserErrorException("the list of items is empty: restore the file from its source", Path.Combine(folder, ItemsFile));
    }

    private static string Id(JsonElement value, string path, string where) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String => value.GetString()!,
        _ => throw new UserErrorException($"{where}: an id must be a number or a text, found {value.ValueKind}", path),
    };
}
