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
                .Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)Reference(shape.Kind, entry.Name))));
        }

        return RecordSchema.AnyOf(Named(shape, catalogs), withOptions);
    }

    /// <summary>The name alone.</summary>
    public static JsonObject Named(EntriesShape shape, ExperimentCatalogs catalogs) => shape.Kind == ExperimentCatalogs.Llm
        ? new JsonObject { ["type"] = "string", ["pattern"] = ModelCatalog.Pattern }
        : RecordSchema.Names(catalogs.Of(shape.Kind).Entries.Select(entry => entry.Name));

    /// <summary>A method's options: each a value, or a list of values to sweep over.</summary>
    public static JsonObject OptionsOf(Type optionsType, EntriesShape shape, ExperimentCatalogs catalogs, string doc)
    {
        var properties = new JsonObject();
        foreach (Member member in Member.Of(optionsType))
            properties[member.Name] = Swept(member, catalogs);
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

    /// <summary>The name of a method's definition.</summary>
    public static string NameOf(string kind, string? name) => name is null ? kind : $"{kind}.{name}";

    private static JsonObject Swept(Member member, ExperimentCatalogs catalogs)
    {
        JsonObject one = RecordSchema.OfShape(member.Shape, catalogs);
        if (member.IsNullable)
            one = RecordSchema.AnyOf(one, RecordSchema.Null(), RecordSchema.Names([OptionText.Of(null)]));
        JsonObject schema = RecordSchema.AnyOf(one, RecordSchema.Many(one, 1, true));
        RecordSchema.Describe(schema, member);
        return schema;
    }

    private static JsonObject Reference(string kind, string? name) => new() { ["$ref"] = $"#/$defs/{NameOf(kind, name)}" };
}
