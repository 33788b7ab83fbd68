using System.Text.Json.Nodes;
using Trainers.Options;

namespace Workbench.Experiments.Binding;

/// <summary>The schema of a record and of the values of its keys.</summary>
internal static class RecordSchema
{
    public static JsonObject Of(Type record, ExperimentCatalogs catalogs)
    {
        IReadOnlyList<Member> members = Member.Of(record);
        var properties = new JsonObject();
        foreach (Member member in members)
        {
            properties[member.Name] = OfMember(member, catalogs);
            if (member.Key.Alias is { } alias)
                properties[alias] = OfMember(member, catalogs);
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        if (members.Any(member => member.Key.Required))
            schema["required"] = new JsonArray([.. members.Where(member => member.Key.Required).Select(member => (JsonNode)member.Name)]);
        JsonNode[] conflicts = [.. Conflicts(members)];
        if (conflicts.Length > 0)
            schema["allOf"] = new JsonArray(conflicts);
        return schema;
    }

    public static JsonObject OfShape(Shape shape, ExperimentCatalogs catalogs)
    {
        switch (shape)
        {
            case RecordShape record:
                return AnyOf(Of(record.Type, catalogs), Null());
            case ListShape list:
                JsonObject element = OfShape(list.Element, catalogs);
                return AnyOf(Many(element, Math.Max(list.MinCount, 0), list.MinCount > 0), element);
            case EntriesShape { Many: true } entries:
                return AnyOf(
                [
                    Many(EntrySchema.Of(entries, catalogs), 0, false), EntrySchema.Named(entries, catalogs), Null(),
                    .. EntryBinding.HasAuto(entries) ? [EntrySchema.Auto($"every {entries.Kind} that needs no file and no endpoint, with its default space")] : Array.Empty<JsonObject>(),
                ]);
            case EntriesShape entries:
                return EntrySchema.Of(entries, catalogs);
            case ParsedShape parsed:
                return new JsonObject { ["type"] = "string", ["pattern"] = parsed.Pattern };
            case MetricShape:
                return Names(catalogs.Metrics);
            case PathShape:
                return new JsonObject { ["type"] = "string", ["minLength"] = 1 };
            default:
                return OfScalar((ScalarShape)shape);
        }
    }

    public static JsonObject AnyOf(params ReadOnlySpan<JsonObject> choices) => new() { ["anyOf"] = new JsonArray([.. choices.ToArray().Select(choice => choice.DeepClone())]) };

    public static JsonObject Null() => new() { ["type"] = "null" };

    public static JsonObject Names(IEnumerable<string> names) => new() { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };

    public static JsonObject Many(JsonObject element, int least, bool distinct)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = element.DeepClone() };
        if (least > 0)
            schema["minItems"] = least;
        if (distinct)
            schema["uniqueItems"] = true;
        return schema;
    }

    /// <summary>A key's schema with its sentence and, if it has one that can be written, its default.</summary>
    public static JsonObject OfMember(Member member, ExperimentCatalogs catalogs)
    {
        JsonObject schema = OfShape(member.Shape, catalogs);
        if (member.IsNullable)
            schema = AnyOf(schema, member.Shape is RecordShape ? Names([OptionText.Of(null)]) : Null());
        Describe(schema, member);
        return schema;
    }

    public static void Describe(JsonObject schema, Member member)
    {
        schema["description"] = member.Doc;
        if (DefaultOf(member.Default) is { } value && !member.Key.Required)
            schema["default"] = value;
    }

    private static JsonNode? DefaultOf(object? value) => value switch
    {
        bool flag => flag,
        int number => number,
        long number => number,
        float number => number,
        double number => number,
        string text => text,
        Enum member => OptionText.Of(member),
        IEnumerable<Configuration> => null,
        System.Collections.IEnumerable list => new JsonArray([.. list.Cast<object>().Select(DefaultOf)]),
        _ => null,
    };

    private static JsonObject OfScalar(ScalarShape shape)
    {
        OptionSpec spec = shape.Spec;
        if (spec.Choices.Count > 0)
            return Names(spec.Choices);
        if (spec.ValueType == typeof(bool))
            return new JsonObject { ["type"] = "boolean" };
        if (spec.ValueType == typeof(string))
        {
            return shape.Pattern is { } pattern
                ? new JsonObject { ["type"] = "string", ["pattern"] = pattern }
                : new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        }

        var schema = new JsonObject { ["type"] = spec.ValueType == typeof(int) || spec.ValueType == typeof(long) ? "integer" : "number" };
        if (double.IsFinite(spec.Min))
            schema[spec.MinExclusive ? "exclusiveMinimum" : "minimum"] = Number(spec.Min);
        if (double.IsFinite(spec.Max))
            schema["maximum"] = Number(spec.Max);
        return schema;
    }

    private static JsonNode Number(double value) => Math.Abs(value) < 1e15 && value == Math.Floor(value) ? (long)value : value;

    /// <summary>Keys that exclude each other: a key and its alias, and keys of different groups.</summary>
    private static IEnumerable<JsonNode> Conflicts(IReadOnlyList<Member> members)
    {
        foreach (Member member in members.Where(member => member.Key.Alias is not null))
            yield return NotBoth(member.Name, member.Key.Alias!);
        for (int i = 0; i < members.Count; i++)
        {
            foreach (Member other in members.Skip(i + 1).Where(other => members[i].Key.Group is { } one && other.Key.Group is { } two && one != two))
                yield return NotBoth(members[i].Name, other.Name);
        }
    }

    private static JsonObject NotBoth(string one, string other) => new()
    {
        ["not"] = new JsonObject { ["required"] = new JsonArray(one, other) },
    };
}
