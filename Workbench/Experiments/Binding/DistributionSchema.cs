using System.Text.Json.Nodes;

namespace Workbench.Experiments.Binding;

/// <summary>The schema of an option that is given as a distribution.</summary>
internal static class DistributionSchema
{
    /// <summary>The forms that an option may have.</summary>
    /// <param name="member">the option</param>
    /// <param name="others">all options of the method, for conditions</param>
    /// <param name="catalogs">what can be named</param>
    public static JsonObject[] Of(Member member, IReadOnlyList<Member> others, ExperimentCatalogs catalogs)
    {
        JsonObject value = RecordSchema.OfShape(member.Shape, catalogs);
        JsonObject choice = One("choice", RecordSchema.Many(member.IsNullable ? RecordSchema.AnyOf(value, RecordSchema.Null(), RecordSchema.Names(["none"])) : value, 1, true), member, others);
        if (member.Shape is not ScalarShape { Spec.ValueType: var type } || type.IsEnum || type == typeof(bool) || type == typeof(string))
            return [choice];
        JsonObject whole = One("int", Ends(value), member, others);
        whole["properties"]!["log"] = new JsonObject { ["description"] = "spread by the logarithm", ["type"] = "boolean" };
        return type == typeof(int) || type == typeof(long)
            ? [whole, choice]
            : [One("uniform", Ends(value), member, others), One("log", Ends(value), member, others), whole, choice];
    }

    private static JsonObject One(string kind, JsonObject values, Member member, IReadOnlyList<Member> others) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray(kind),
        ["properties"] = new JsonObject { [kind] = values.DeepClone(), ["when"] = When(member, others) },
        ["additionalProperties"] = false,
    };

    private static JsonObject Ends(JsonObject value)
    {
        JsonObject ends = RecordSchema.Many(value, 2, true);
        ends["maxItems"] = 2;
        return ends;
    }

    /// <summary>Any values: what they mean is the reader's.</summary>
    private static JsonObject When(Member member, IReadOnlyList<Member> others) => new()
    {
        ["description"] = "searched only where other options have these values, each one or a list",
        ["type"] = "object",
        ["minProperties"] = 1,
        ["properties"] = new JsonObject(others.Where(other => other != member).Select(other => KeyValuePair.Create(other.Name, (JsonNode?)new JsonObject()))),
        ["additionalProperties"] = false,
    };
}
