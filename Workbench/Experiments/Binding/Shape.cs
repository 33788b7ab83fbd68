using System.Reflection;
using Trainers.Options;

namespace Workbench.Experiments.Binding;

/// <summary>What a value of the file looks like: read, checked and written into the schema by it.</summary>
internal abstract record Shape
{
    public static Shape Of(PropertyInfo property, OptionAttribute option, KeyAttribute key)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (key.Catalog is { } kind)
            return new EntriesShape(kind, key.Scope, Many: type != typeof(Configuration));
        if (Member.IsRecord(type))
            return new RecordShape(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            Type element = type.GetGenericArguments()[0];
            return new ListShape(OfValue(element, property, option, key), element, key.MinCount);
        }

        return OfValue(type, property, option, key);
    }

    private static Shape OfValue(Type type, PropertyInfo property, OptionAttribute option, KeyAttribute key)
    {
        if (type == typeof(MemorySize))
        {
            return new ParsedShape("an amount of memory such as 500MB or 8GB", MemorySize.Pattern,
                text => MemorySize.TryParse(text, out MemorySize size) ? size : null);
        }

        if (type == typeof(Duration))
        {
            return new ParsedShape("an amount of time such as 90s, 30m or 2h", Duration.Pattern,
                text => Duration.TryParse(text, out Duration duration) ? duration : null);
        }

        if (type == typeof(Objective))
        {
            return new ParsedShape("a metric at a cutoff, such as ndcg@10", Objective.Pattern,
                text => Objective.TryParse(text, out Objective? objective) ? objective : null);
        }

        if (key.IsPath)
            return new PathShape();
        if (key.IsMetric)
            return new MetricShape();
        var spec = new OptionSpec(
            OptionName.OfProperty(property.Name), property, type, IsNullable: false, Default: null, option.Doc, option.Min, option.Max, option.MinExclusive,
            type.IsEnum ? [.. Enum.GetNames(type).Select(OptionName.OfMember)] : []);
        return new ScalarShape(spec, key.Pattern, key.Expected);
    }
}

/// <summary>A number, a truth value, a text or one of several names.</summary>
internal sealed record ScalarShape(OptionSpec Spec, string? Pattern, string? InWords) : Shape
{
    public string Expected => InWords ?? Spec.Expected;
}

/// <summary>A text with an inner form; <paramref name="Parse"/> gives null for any other.</summary>
internal sealed record ParsedShape(string Expected, string Pattern, Func<string, object?> Parse) : Shape;

/// <summary>A text that names a file or folder.</summary>
internal sealed record PathShape : Shape;

/// <summary>The name of a metric.</summary>
internal sealed record MetricShape : Shape;

/// <summary>A mapping with the keys of a record.</summary>
internal sealed record RecordShape(Type Type) : Shape;

/// <summary>A list; a single value is a list of one.</summary>
internal sealed record ListShape(Shape Element, Type ElementType, int MinCount) : Shape;

/// <summary>Names from a catalog, each with its options or without; if not <paramref name="Many"/>, one of them, with single values only.</summary>
internal sealed record EntriesShape(string Kind, Type? Scope, bool Many) : Shape;
