using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tests.Workbench.Experiments;

/// <summary>The part of JSON Schema 2020-12 that ours uses; a word that it does not know fails, so that nothing goes unchecked.</summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly string[] Notes = ["$schema", "$defs", "title", "description", "default"];

    public bool IsValid(JsonNode? value) => IsValid(root, value);

    private bool IsValid(JsonNode schema, JsonNode? value) => schema.AsObject().All(word => Notes.Contains(word.Key) || Holds(schema.AsObject(), word.Key, word.Value!, value));

    private bool Holds(JsonObject schema, string word, JsonNode rule, JsonNode? value) => word switch
    {
        "$ref" => IsValid(root["$defs"]![rule.GetValue<string>()["#/$defs/".Length..]]!, value),
        "anyOf" => rule.AsArray().Any(choice => IsValid(choice!, value)),
        "allOf" => rule.AsArray().All(part => IsValid(part!, value)),
        "not" => !IsValid(rule, value),
        "enum" => rule.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)),
        "type" => rule is JsonArray types ? types.Any(type => IsType(type!.GetValue<string>(), value)) : IsType(rule.GetValue<string>(), value),
        "required" => value is not JsonObject there || rule.AsArray().All(key => there.ContainsKey(key!.GetValue<string>())),
        "properties" => value is not JsonObject named || rule.AsObject().All(one => !named.ContainsKey(one.Key) || IsValid(one.Value!, named[one.Key])),
        "patternProperties" => value is not JsonObject free || rule.AsObject().All(one => free.All(entry => !Regex.IsMatch(entry.Key, one.Key) || IsValid(one.Value!, entry.Value))),
        "additionalProperties" => value is not JsonObject whole || whole.All(entry => IsKnown(schema, entry.Key)),
        "minProperties" => value is not JsonObject few || few.Count >= rule.GetValue<int>(),
        "maxProperties" => value is not JsonObject many || many.Count <= rule.GetValue<int>(),
        "items" => value is not JsonArray list || list.All(item => IsValid(rule, item)),
        "minItems" => value is not JsonArray some || some.Count >= rule.GetValue<int>(),
        "maxItems" => value is not JsonArray limited || limited.Count <= rule.GetValue<int>(),
        "uniqueItems" => value is not JsonArray distinct || distinct.Select(item => item?.ToJsonString()).Distinct().Count() == distinct.Count,
        "pattern" => !IsType("string", value) || Regex.IsMatch(value!.GetValue<string>(), rule.GetValue<string>()),
        "minLength" => !IsType("string", value) || value!.GetValue<string>().Length >= rule.GetValue<int>(),
        "minimum" => Number(value) is not { } least || least >= Number(rule),
        "maximum" => Number(value) is not { } most || most <= Number(rule),
        "exclusiveMinimum" => Number(value) is not { } above || above > Number(rule),
        _ => throw new InvalidOperationException($"The schema uses `{word}`, which this validator does not know."),
    };

    private static bool IsKnown(JsonObject schema, string key) =>
        (schema["properties"]?.AsObject().ContainsKey(key) ?? false)
        || (schema["patternProperties"]?.AsObject().Any(one => Regex.IsMatch(key, one.Key)) ?? false);

    private static bool IsType(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "string" => value?.GetValueKind() is System.Text.Json.JsonValueKind.String,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == Math.Floor(number),
        _ => throw new InvalidOperationException($"There is no type `{type}`."),
    };

    private static double? Number(JsonNode? value) =>
        value?.GetValueKind() is System.Text.Json.JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;
}
