using Trainers.Options;
using Workbench.Experiments.Yaml;

namespace Workbench.Experiments.Binding;

/// <summary>One point of a grid.</summary>
/// <param name="Options">an instance of the entry's options record</param>
/// <param name="Swept">names of the options that were given several values</param>
internal sealed record GridCell(object Options, IReadOnlyCollection<string> Swept);

/// <summary>An entry's options with lists of values, as every combination of them.</summary>
internal static class Grid
{
    /// <summary>Of one entry: more is a mistake rather than a plan.</summary>
    public const int MaxCells = 1000;

    /// <summary>Combinations in the order of the file: the first axis changes slowest. Null if something was wrong.</summary>
    /// <param name="context">gets the mistakes</param>
    /// <param name="entry">whose options they are</param>
    /// <param name="mapping">options to values or lists of values</param>
    /// <param name="further">keys that the entry has beside its options, for messages</param>
    public static List<GridCell>? Expand(BindingContext context, ICatalogEntry entry, YamlMapping mapping, IReadOnlyList<Member> further)
    {
        IReadOnlyList<Member> members = Member.Of(entry.OptionsType);
        var axes = new List<Axis>();
        bool good = true;
        foreach (YamlEntry option in mapping.Entries)
        {
            Axis? axis = null;
            if (members.FirstOrDefault(member => member.Name == option.Key) is not { } member)
                good = context.Within(option.Key, () => RecordBinding.Unknown(context, option, entry.Name, [.. members, .. further]));
            else if (!context.Within(option.Key, () => TryRead(context, member, option.Value, out axis)))
                good = false;
            else
                axes.Add(axis!);
        }

        if (!good)
            return null;
        double count = axes.Aggregate(1.0, (product, axis) => product * axis.Values.Count);
        if (count > MaxCells)
        {
            context.Error(mapping.Mark, $"the lists of `{entry.Name}` make {OptionText.Of(count)} rows: at most {MaxCells} are allowed");
            return null;
        }

        string[] swept = [.. axes.Where(axis => axis.Values.Count > 1).Select(axis => axis.Member.Name)];
        return [.. Enumerable.Range(0, (int)count).Select(index => new GridCell(Cell(entry.OptionsType, axes, index), swept))];
    }

    /// <summary>A value is an axis of one; a list is an axis unless the option itself is a list of plain values.</summary>
    private static bool TryRead(BindingContext context, Member member, YamlNode node, out Axis? axis)
    {
        axis = null;
        bool isAxis = node is YamlSequence list && (member.Shape is not ListShape || list.Items.Any(item => item is YamlSequence));
        IReadOnlyList<YamlNode> nodes = isAxis ? ((YamlSequence)node).Items : [node];
        if (nodes.Count == 0)
        {
            context.Error(node.Mark, $"`{member.Name}` has an empty list: give at least one value");
            return false;
        }

        var values = new List<object?>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool good = true;
        foreach (YamlNode one in nodes)
        {
            if (!ValueBinding.TryBind(context, member, one, out object? value))
                good = false;
            else if (!seen.Add(OptionText.Of(value)))
            {
                context.Error(one.Mark, $"{OptionText.Of(value)} is given twice in `{member.Name}`: keep one of them");
                good = false;
            }
            else
                values.Add(value);
        }

        axis = new Axis(member, values);
        return good;
    }

    private static object Cell(Type type, List<Axis> axes, int index)
    {
        object options = Activator.CreateInstance(type)!;
        for (int a = axes.Count - 1; a >= 0; a--)
        {
            axes[a].Member.Property.SetValue(options, axes[a].Values[index % axes[a].Values.Count]);
            index /= axes[a].Values.Count;
        }

        return options;
    }

    private sealed record Axis(Member Member, IReadOnlyList<object?> Values);
}
