using Trainers.Options;
using Workbench.Experiments.Yaml;

namespace Workbench.Experiments.Binding;

/// <summary>One point of a grid.</summary>
/// <param name="Options">an instance of the entry's options record</param>
/// <param name="Swept">names of the options that were given several values</param>
internal sealed record GridCell(object Options, IReadOnlyCollection<string> Swept);

/// <summary>An entry's options as they were given.</summary>
/// <param name="Cells">every combination of the values, in the order of the file: the first axis changes slowest</param>
/// <param name="Settled">names of the options with values</param>
/// <param name="Distributions">of the options that are searched</param>
internal sealed record GridPlan(IReadOnlyList<GridCell> Cells, IReadOnlyCollection<string> Settled, IReadOnlyList<Distribution> Distributions);

/// <summary>An entry's options with lists of values, as every combination of them.</summary>
internal static class Grid
{
    /// <summary>Of one entry: more is a mistake rather than a plan.</summary>
    public const int MaxCells = 1000;

    /// <summary>Null if something was wrong.</summary>
    /// <param name="context">gets the mistakes</param>
    /// <param name="entry">whose options they are</param>
    /// <param name="mapping">options to values, lists of values or distributions</param>
    /// <param name="further">keys that the entry has beside its options, for messages</param>
    /// <param name="unsearchable">why nothing can be searched here; null if it can</param>
    public static GridPlan? Expand(BindingContext context, ICatalogEntry entry, YamlMapping mapping, IReadOnlyList<Member> further, string? unsearchable)
    {
        IReadOnlyList<Member> members = Member.Of(entry.OptionsType);
        var axes = new List<Axis>();
        var distributions = new List<Distribution>();
        bool good = true;
        foreach (YamlEntry option in mapping.Entries)
        {
            Axis? axis = null;
            Distribution? distribution = null;
            if (members.FirstOrDefault(member => member.Name == option.Key) is not { } member)
                good = context.Within(option.Key, () => RecordBinding.Unknown(context, option, entry.Name, [.. members, .. further]));
            else if (option.Value is YamlMapping own)
            {
                good &= context.Within(option.Key, () => TryRead(context, entry, member, own, unsearchable, out distribution));
                if (distribution is not null)
                    distributions.Add(distribution);
            }
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
        return new GridPlan(
            [.. Enumerable.Range(0, (int)count).Select(index => new GridCell(Cell(entry.OptionsType, axes, index), swept))],
            [.. axes.Select(axis => axis.Member.Name)], distributions);
    }

    private static bool TryRead(BindingContext context, ICatalogEntry entry, Member member, YamlMapping mapping, string? unsearchable, out Distribution? distribution)
    {
        distribution = null;
        if (unsearchable is not null)
            context.Error(mapping.Mark, $"`{member.Name}` of `{entry.Name}` cannot be searched: {unsearchable}");
        else
            distribution = new DistributionBinding(context, entry, member).Bind(mapping);
        return distribution is not null;
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
