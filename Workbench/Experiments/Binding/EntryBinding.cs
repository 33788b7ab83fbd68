using Trainers;
using Trainers.Options;
using Workbench.Experiments.Yaml;

namespace Workbench.Experiments.Binding;

/// <summary>Entries of a catalog: a name, or a name with its options; lists of values become one configuration each.</summary>
internal static class EntryBinding
{
    public static bool TryBind(BindingContext context, EntriesShape shape, YamlNode node, out object? value)
    {
        ICatalog catalog = context.Catalogs.Of(shape.Kind);
        if (!shape.Many)
            return TryBindOne(context, shape, catalog, node, out value);

        var all = new List<Configuration>();
        value = all;
        if (node.IsNull)
            return true;
        if (node is YamlMapping)
        {
            context.Error(node.Mark, $"`{context.Key}` must be a list: begin each entry with `- `");
            return false;
        }

        IReadOnlyList<YamlNode> nodes = node is YamlSequence sequence ? sequence.Items : [node];
        for (int i = 0; i < nodes.Count; i++)
        {
            YamlNode entry = nodes[i];
            all.AddRange(context.WithinItem(i, () => Expand(context, shape, catalog, entry)));
        }

        RefuseRepeated(context, all);
        return true;
    }

    private static bool TryBindOne(BindingContext context, EntriesShape shape, ICatalog catalog, YamlNode node, out object? value)
    {
        value = null;
        if (node is YamlSequence)
        {
            context.Error(node.Mark, $"`{context.Key}` must be one {catalog.Kind}, not a list");
            return false;
        }

        IReadOnlyList<Configuration> all = Expand(context, shape, catalog, node);
        if (all.Count > 1)
            context.Error(node.Mark, $"`{context.Key}` must be one {catalog.Kind}, and lists of values make it {all.Count}");
        value = all.Count == 1 ? all[0] : null;
        return all.Count == 1;
    }

    /// <summary>The configurations of one entry; none if it is wrong.</summary>
    private static IReadOnlyList<Configuration> Expand(BindingContext context, EntriesShape shape, ICatalog catalog, YamlNode node)
    {
        if (Name(context, catalog, node) is not { } name)
            return [];
        if (catalog.FindEntry(name.Key) is not { } entry)
        {
            context.Error(name.KeyMark, catalog.Unknown(OneLine.Of(name.Key)));
            return [];
        }

        if (name.Value is not YamlMapping && !name.Value.IsNull)
        {
            if (name.Value is YamlFaulty)
                context.Spoil();
            else
                context.Error(name.Value.Mark, $"`{entry.Name}` {ScalarReader.MustBe("followed by a mapping of options", name.Value)}");
            return [];
        }

        YamlMapping mapping = name.Value as YamlMapping ?? new YamlMapping(name.Value.Mark, []);
        (YamlMapping own, RerankerScope? scope) = Divide(context, shape, entry, mapping);
        IReadOnlyList<Member> further = shape.Scope is { } type ? Member.Of(type) : [];
        return Grid.Expand(context, entry, own, further) is { } cells
            ? [.. cells.Select(cell => Make(context, catalog, entry, cell, node.Mark, scope)).OfType<Configuration>()]
            : [];
    }

    /// <summary>The name of an entry with the node of its options.</summary>
    private static YamlEntry? Name(BindingContext context, ICatalog catalog, YamlNode node)
    {
        string example = catalog.Entries.Count > 0 ? catalog.Entries[0].Name : "name";
        switch (node)
        {
            case YamlScalar { IsNull: false } scalar:
                return new YamlEntry(scalar.Mark, scalar.Text, new YamlScalar(scalar.Mark, "", Plain: true));
            case YamlMapping { Entries.Count: 1 } mapping:
                return mapping.Entries[0];
            case YamlMapping { Entries.Count: > 1 } mapping when mapping.Entries[0].Value.IsNull && catalog.FindEntry(mapping.Entries[0].Key) is { } entry:
                context.Error(mapping.Entries[1].KeyMark, $"`{OneLine.Of(mapping.Entries[1].Key)}` stands beside `{entry.Name}`: indent the options below the name");
                return null;
            case YamlMapping { Entries.Count: > 1 } mapping:
                context.Error(mapping.Entries[1].KeyMark, $"a second name `{OneLine.Of(mapping.Entries[1].Key)}` in one entry: begin each {catalog.Kind} with `- `");
                return null;
            case YamlFaulty:
                context.Spoil();
                return null;
            default:
                context.Error(node.Mark, $"an entry of `{context.Key}` must be a name, or a name with options such as `{example}: {{ option: value }}`, not {ScalarReader.Describe(node)}");
                return null;
        }
    }

    /// <summary>Takes the keys of the scope out of an entry's mapping.</summary>
    private static (YamlMapping Own, RerankerScope? Scope) Divide(BindingContext context, EntriesShape shape, ICatalogEntry entry, YamlMapping mapping)
    {
        if (shape.Scope is not { } type)
            return (mapping, null);
        bool Scoped(YamlEntry one) => Member.Of(type).Any(member => member.IsNamed(one.Key));
        var scope = (RerankerScope)RecordBinding.Bind(context, type, mapping with { Entries = [.. mapping.Entries.Where(Scoped)] }, entry.Name);
        return (mapping with { Entries = [.. mapping.Entries.Where(one => !Scoped(one))] }, scope);
    }

    private static Configuration? Make(BindingContext context, ICatalog catalog, ICatalogEntry entry, GridCell cell, YamlMark mark, RerankerScope? scope)
    {
        try
        {
            entry.Make(cell.Options);
        }
        catch (UserErrorException exception)
        {
            context.Error(mark, $"`{entry.Name}`: {OneLine.Of(exception.What, 300)}");
            return null;
        }

        return new Configuration(catalog.Kind, entry.Name, cell.Options, Configuration.LabelOf(entry.Name, cell.Options, cell.Swept), mark) { Scope = scope };
    }

    private static void RefuseRepeated(BindingContext context, List<Configuration> all)
    {
        var first = new Dictionary<string, Configuration>(StringComparer.Ordinal);
        foreach (Configuration one in all)
        {
            string scope = $"{string.Join(',', one.Scope?.Llms ?? [])}|{string.Join(',', one.Scope?.Embeddings ?? [])}";
            if (!first.TryAdd($"{one.Name} {OptionLabel.Of(one.Options)} {scope}", one))
                context.Error(one.Where, $"the {one.Kind} `{one.Label}` is given twice with the same options (first in line {first[$"{one.Name} {OptionLabel.Of(one.Options)} {scope}"].Where.Line}): keep one of them");
        }
    }
}
