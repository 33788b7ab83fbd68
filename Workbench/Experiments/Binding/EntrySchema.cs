using System.Text.Json.Nodes;
using Trainers.Options;

namespace Workbench.Experiments.Binding;

/// <summary>The schema of an entry of a catalog: a name, or a mapping of one name to its options.</summary>
internal static class EntrySchema
{
    public static JsonObject Of(EntriesShape shape, ExperimentCatalogs catalogs)
    {
        var withOptions = new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["maxProperties"] = 1, ["additionalProperties"] = false };
        if (shape.Kind == ExperimentCatalogs.Llm)
        {
            withOptions["patternProperties"] = new JsonObject { [ModelCatalog.Pattern] = Reference(shape.Kind, null) };
        }
        else
        {
            withOptions["properties"] = new JsonObject(catalogs.Of(shape.Kind).Entries
                .Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)(EntryBinding.IsSearchable(shape)
                    ? RecordSchema.AnyOf(Reference(shape.Kind, entry.Name), Auto("the method's default space is searched"))
                    : Reference(shape.Kind, entry.Name)))));
        }

        return RecordSchema.AnyOf(Named(shape, catalogs), withOptions);
    }

    /// <summary>The name alone.</summary>
    public static JsonObject Named(EntriesShape shape, ExperimentCatalogs catalogs) => shape.Kind == ExperimentCatalogs.Llm
        ? new JsonObject { ["type"] = "string", ["pattern"] = ModelCatalog.Pattern }
        : RecordSchema.Names(catalogs.Of(shape.Kind).Entries.Select(entry => entry.Name));

    /// <summary>A method's options: each a value, a list of values to sweep over, or a distribution to search.</summary>
    public static JsonObject OptionsOf(Type optionsType, EntriesShape shape, ExperimentCatalogs catalogs, string doc, string definition)
    {
        var properties = new JsonObject();
        bool searchable = EntryBinding.IsSearchable(shape);
        foreach (Member member in Member.Of(optionsType))
            properties[member.Name] = Swept(member, catalogs, searchable ? DistributionSchema.Of(member, definition, catalogs) : []);
        if (searchable)
            properties[EntryBinding.Search] = Auto("the default space of all options that are not given is searched");
        if (shape.Scope is { } scope)
        {
            foreach (Member member in Member.Of(scope))
                properties[member.Name] = RecordSchema.OfMember(member, catalogs);
        }

        return new JsonObject
        {
            ["description"] = doc,
            ["type"] = new JsonArray("object", "null"),
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }

    /// <summary>The word for a default space, and for every method.</summary>
    public static JsonObject Auto(string doc) => new() { ["description"] = doc, ["enum"] = new JsonArray(EntryBinding.Auto) };

    /// <summary>The name of a method's definition.</summary>
    public static string NameOf(string kind, string? name) => name is null ? kind : $"{kind}.{name}";

    private static JsonObject Swept(Member member, ExperimentCatalogs catalogs, JsonObject[] distributions)
    {
        JsonObject one = RecordSchema.OfShape(member.Shape, catalogs);
        if (member.IsNullable)
            one = RecordSchema.AnyOf(one, RecordSchema.Null(), RecordSchema.Names([OptionText.Of(null)]));
        JsonObject schema = RecordSchema.AnyOf([one, RecordSchema.Many(one, 1, true), .. distributions]);
        RecordSchema.Describe(schema, member);
        return schema;
    }

    private static JsonObject Reference(string kind, string? name) => new() { ["$ref"] = $"#/$defs/{NameOf(kind, name)}" };
}
