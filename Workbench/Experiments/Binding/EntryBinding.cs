using Trainers;
using Trainers.Options;
using Workbench.Experiments.Yaml;
using Workbench.Search;

namespace Workbench.Experiments.Binding;

/// <summary>Entries of a catalog: a name, or a name with its options; lists of values become one configuration each, distributions a searched one.</summary>
internal static class EntryBinding
{
    /// <summary>As a section, every method of the catalog that needs nothing else; as an entry, the method's default space.</summary>
    public const string Auto = "auto";

    /// <summary>Key of an entry, beside its options: <c>search: auto</c>.</summary>
    public const string Search = "search";

    /// <summary>Kinds whose entries can be searched.</summary>
    public static bool IsSearchable(EntriesShape shape) => Unsearchable(shape) is null;

    /// <summary>Kinds whose methods a section <c>auto</c> names.</summary>
    public static bool HasAuto(EntriesShape shape) => shape.Many && shape.Kind is ExperimentCatalogs.Trainer or ExperimentCatalogs.Reranker;

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

        IReadOnlyList<YamlNode> nodes = node is YamlSequence sequence ? sequence.Items
            : HasAuto(shape) && IsAuto(node) ? Every(catalog, node) : [node];
        for (int i = 0; i < nodes.Count; i++)
        {
            YamlNode entry = nodes[i];
            all.AddRange(context.WithinItem(i, () => Expand(context, shape, catalog, entry)));
        }

        RefuseRepeated(context, all);
        TellApart(all);
        return true;
    }

    private static bool IsAuto(YamlNode node) => node is YamlScalar { Plain: true, Text: Auto };

    /// <summary>Every method that needs no file and no endpoint, searched where it has a default space.</summary>
    private static IReadOnlyList<YamlNode> Every(ICatalog catalog, YamlNode node) =>
    [
        .. catalog.Entries.Where(ExperimentTemplate.NeedsNothing).Select(entry => DefaultSpace.Of(entry.OptionsType).Count == 0
            ? (YamlNode)new YamlScalar(node.Mark, entry.Name, Plain: true)
            : new YamlMapping(node.Mark, [new YamlEntry(node.Mark, entry.Name, node)])),
    ];

    private static string? Unsearchable(EntriesShape shape) => shape.Kind switch
    {
        ExperimentCatalogs.Llm => "a language model's options are given, not searched; a list of values makes a row of each",
        ExperimentCatalogs.Control => "controls are what others are compared with",
        _ => shape.Many ? null : "give it one value",
    };

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

        bool auto = IsAuto(name.Value);
        if (name.Value is not YamlMapping && !name.Value.IsNull && !auto)
        {
            if (name.Value is YamlFaulty)
                context.Spoil();
            else
                context.Error(name.Value.Mark, $"`{entry.Name}` {ScalarReader.MustBe("followed by a mapping of options", name.Value)}");
            return [];
        }

        if (auto && Unsearchable(shape) is { } problem)
        {
            context.Error(name.Value.Mark, $"`{entry.Name}` cannot be searched: {problem}");
            return [];
        }

        YamlMapping mapping = name.Value as YamlMapping ?? new YamlMapping(name.Value.Mark, []);
        if (mapping.Find(Search) is { } search && IsSearchable(shape))
        {
            if (!IsAuto(search.Value))
            {
                if (search.Value is YamlFaulty)
                    context.Spoil();
                else
                    context.Error(search.Value.Mark, $"`search` of `{entry.Name}` {ScalarReader.MustBe("auto, which searches the default space", search.Value)}");
                return [];
            }

            (auto, mapping) = (true, mapping with { Entries = [.. mapping.Entries.Where(one => one != search)] });
        }

        (YamlMapping own, RerankerScope? scope) = Divide(context, shape, entry, mapping);
        IReadOnlyList<Member> further = shape.Scope is { } type ? Member.Of(type) : [];
        if (Grid.Expand(context, entry, own, further, Unsearchable(shape)) is not { } plan)
            return [];
        var space = new SpaceBinding(context, entry, auto, plan.Distributions, plan.Settled);
        return [.. plan.Cells.Select(cell => Make(context, catalog, entry, cell, node.Mark, scope, space)).OfType<Configuration>()];
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

    private static Configuration? Make(BindingContext context, ICatalog catalog, ICatalogEntry entry, GridCell cell, YamlMark mark, RerankerScope? scope, SpaceBinding searched)
    {
        SearchSpace? space = null;
        if (searched.IsSearched)
        {
            space = searched.Of(cell, mark);
            if (space is null)
                return null;
        }
        else
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
        }

        return new Configuration(catalog.Kind, entry.Name, cell.Options, Configuration.LabelOf(entry.Name, cell.Options, cell.Swept), mark)
        {
            Scope = scope,
            Space = space,
            Make = entry.Make,
            Swept = cell.Swept,
        };
    }

    private static void RefuseRepeated(BindingContext context, List<Configuration> all)
    {
        var first = new Dictionary<string, Configuration>(StringComparer.Ordinal);
        foreach (Configuration one in all)
        {
            string scope = $"{string.Join(',', one.Scope?.Llms ?? [])}|{string.Join(',', one.Scope?.Embeddings ?? [])}|{one.Space}";
            if (!first.TryAdd($"{one.Name} {OptionLabel.Of(one.Options)} {scope}", one))
                context.Error(one.Where, $"the {one.Kind} `{one.Label}` is given twice with the same options (first in line {first[$"{one.Name} {OptionLabel.Of(one.Options)} {scope}"].Where.Line}): keep one of them");
        }
    }

    /// <summary>A searched entry beside one of the same label says that it is searched, a second one also which it is.</summary>
    private static void TellApart(List<Configuration> all)
    {
        var labels = all.Where(one => one.Space is null).Select(one => one.Label).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Space is null || labels.Add(all[i].Label))
                continue;
            string label = Configuration.SearchedLabel(all[i].Label);
            for (int number = 2; !labels.Add(label); number++)
                label = Configuration.SearchedLabel(all[i].Label, number);
            all[i] = all[i] with { Label = label };
        }
    }
}
