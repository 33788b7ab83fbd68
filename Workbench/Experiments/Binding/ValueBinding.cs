using Trainers.Options;
using Workbench.Experiments.Yaml;

namespace Workbench.Experiments.Binding;

/// <summary>A node of the file as the value of a key.</summary>
internal static class ValueBinding
{
    /// <summary>False if something was wrong; it has been reported then.</summary>
    public static bool TryBind(BindingContext context, Member member, YamlNode node, out object? value)
    {
        value = null;
        if (node is YamlScalar { Plain: true } scalar && member.IsNullable && IsNone(scalar, member.Shape))
            return true;
        return TryBind(context, member.Shape, node, out value);
    }

    public static bool TryBind(BindingContext context, Shape shape, YamlNode node, out object? value)
    {
        value = null;
        if (node is YamlFaulty)
        {
            context.Spoil();
            return false;
        }

        switch (shape)
        {
            case RecordShape record:
                return TryBindRecord(context, record, node, out value);
            case ListShape list:
                return TryBindList(context, list, node, out value);
            case EntriesShape entries:
                return EntryBinding.TryBind(context, entries, node, out value);
            default:
                string? problem = node is YamlScalar { IsNull: false } scalar
                    ? Read(context, shape, scalar, out value)
                    : ScalarReader.MustBe(Expected(context, shape), node);
                if (problem is not null)
                    context.Error(node.Mark, $"`{context.Key}` {problem}");
                return problem is null;
        }
    }

    private static bool TryBindRecord(BindingContext context, RecordShape record, YamlNode node, out object? value)
    {
        value = null;
        if (node is not YamlMapping && !node.IsNull)
        {
            context.Error(node.Mark, $"`{context.Key}` {ScalarReader.MustBe("a mapping of keys to values", node)} (known: {string.Join(", ", Member.Of(record.Type).Select(member => member.Name))})");
            return false;
        }

        value = RecordBinding.Bind(context, record.Type, node as YamlMapping ?? new YamlMapping(node.Mark, []), context.Key);
        return true;
    }

    /// <summary>A single value is a list of one.</summary>
    private static bool TryBindList(BindingContext context, ListShape shape, YamlNode node, out object? value)
    {
        value = null;
        if (node is YamlMapping || node.IsNull)
        {
            context.Error(node.Mark, $"`{context.Key}` {ScalarReader.MustBe("a list such as [a, b]", node)}");
            return false;
        }

        IReadOnlyList<YamlNode> nodes = node is YamlSequence sequence ? sequence.Items : [node];
        if (nodes.Count < shape.MinCount)
        {
            context.Error(node.Mark, $"`{context.Key}` needs at least {shape.MinCount} value");
            return false;
        }

        Array values = Array.CreateInstance(shape.ElementType, nodes.Count);
        bool good = true;
        var seen = new HashSet<object>();
        for (int i = 0; i < nodes.Count; i++)
        {
            int index = i;
            object? element = null;
            if (!context.WithinItem(index, () => TryBind(context, shape.Element, nodes[index], out element)))
                good = false;
            else if (shape.MinCount > 0 && !seen.Add(element!))
            {
                context.Error(nodes[i].Mark, $"{ScalarReader.Describe(nodes[i])} is given twice in `{context.Key}`: keep one of them");
                good = false;
            }
            else
                values.SetValue(element, i);
        }

        value = values;
        return good;
    }

    private static string? Read(BindingContext context, Shape shape, YamlScalar scalar, out object? value)
    {
        value = scalar.Text;
        switch (shape)
        {
            case ScalarShape one:
                return ScalarReader.Read(one, scalar, out value);
            case ParsedShape parsed:
                value = parsed.Parse(scalar.Text);
                return value is null ? ScalarReader.MustBe(parsed.Expected, scalar) : null;
            case MetricShape:
                IReadOnlyList<string> known = context.Catalogs.Metrics;
                return known.Contains(scalar.Text) ? null
                    : $"has no metric `{OneLine.Of(scalar.Text)}`{ScalarReader.DidYouMean(scalar.Text, known)} (known: {string.Join(", ", known)})";
            default:
                if (scalar.Text.Length == 0 || scalar.Text.Any(char.IsControl))
                    return ScalarReader.MustBe(Expected(context, shape), scalar);
                value = Path.GetFullPath(Path.Combine(scalar.Mark.Source.Folder, scalar.Text));
                return null;
        }
    }

    private static string Expected(BindingContext context, Shape shape) => shape switch
    {
        ScalarShape scalar => scalar.Expected,
        ParsedShape parsed => parsed.Expected,
        MetricShape => $"one of {string.Join(", ", context.Catalogs.Metrics)}",
        _ => "the path of a file or folder",
    };

    /// <summary>Nothing, or <c>none</c> where labels write it so; a record without keys is a record, and only <c>none</c> is none.</summary>
    private static bool IsNone(YamlScalar scalar, Shape shape) => shape switch
    {
        RecordShape => scalar.Text == OptionText.Of(null),
        ScalarShape one when one.Spec.ValueType == typeof(string) => scalar.Text is "~" or "null",
        ScalarShape => scalar.Text is "~" or "null" || scalar.Text == OptionText.Of(null),
        _ => scalar.Text is "~" or "null",
    };
}
