using System.Text.Json.Nodes;

namespace Workbench.Experiments.Binding;

/// <summary>The schema of an option that is given as a distribution.</summary>
internal static class DistributionSchema
{
    /// <summary>The forms that an option may have.</summary>
    /// <param name="member">the option</param>
    /// <param name="method">name of the definition of its method, beside which that of its conditions is</param>
    /// <param name="catalogs">what can be named</param>
    public static JsonObject[] Of(Member member, string method, ExperimentCatalogs catalogs)
    {
        JsonObject value = RecordSchema.OfShape(member.Shape, catalogs);
        JsonObject choice = One("choice", RecordSchema.Many(member.IsNullable ? RecordSchema.AnyOf(value, RecordSchema.Null(), RecordSchema.Names(["none"])) : value, 1, true), method);
        if (member.Shape is not ScalarShape { Spec.ValueType: var type } || type.IsEnum || type == typeof(bool) || type == typeof(string))
            return [choice];
        JsonObject whole = One("int", Ends(value), method);
        whole["properties"]!["log"] = new JsonObject { ["description"] = "spread by the logarithm", ["type"] = "boolean" };
        return type == typeof(int) || type == typeof(long)
            ? [whole, choice]
            : [One("uniform", Ends(value), method), One("log", Ends(value), method), whole, choice];
    }

    /// <summary>The name of the definition of a method's conditions.</summary>
    public static string NameOfConditions(string method) => $"{method}.when";

    /// <summary>Options with any values: what they mean is the reader's.</summary>
    public static JsonObject Conditions(Type optionsType) => new()
    {
        ["description"] = "searched only where other options have these values, each one or a list",
        ["type"] = "object",
        ["minProperties"] = 1,
        ["properties"] = new JsonObject(Member.Of(optionsType).Select(member => KeyValuePair.Create(member.Name, (JsonNode?)new JsonObject()))),
        ["additionalProperties"] = false,
    };

    private static JsonObject One(string kind, JsonObject values, string method) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray(kind),
        ["properties"] = new JsonObject { [kind] = values.DeepClone(), ["when"] = new JsonObject { ["$ref"] = $"#/$defs/{NameOfConditions(method)}" } },
        ["additionalProperties"] = false,
    };

    private static JsonObject Ends(JsonObject value)
    {
        JsonObject ends = RecordSchema.Many(value, 2, true);
        ends["maxItems"] = 2;
        return ends;
    }
}
