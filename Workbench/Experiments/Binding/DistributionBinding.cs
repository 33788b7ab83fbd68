using System.Globalization;
using Trainers.Options;
using Workbench.Experiments.Yaml;
using Workbench.Search;

namespace Workbench.Experiments.Binding;

/// <summary>An option that is given as a distribution: <c>{ log: [1e-4, 1e-2], when: { algorithm: bpr } }</c>.</summary>
/// <param name="Mark">of the mapping</param>
/// <param name="Parameter">conditions name options of the same method</param>
internal sealed record Distribution(YamlMark Mark, SearchParameter Parameter);

/// <summary>Reads distributions.</summary>
internal sealed class DistributionBinding(BindingContext context, ICatalogEntry entry, Member member)
{
    private const string Uniform = "uniform", Log = "log", Int = "int", Choice = "choice", When = "when";

    private static readonly string[] Keys = [Uniform, Log, Int, Choice, When];

    private bool IsNumber => member.Shape is ScalarShape { Spec.ValueType: var type } && (IsWhole || type == typeof(double) || type == typeof(float));

    private bool IsWhole => member.Shape is ScalarShape { Spec.ValueType: var type } && (type == typeof(int) || type == typeof(long));

    /// <summary>Null if something was wrong; it has been reported then.</summary>
    public Distribution? Bind(YamlMapping mapping)
    {
        if (mapping.Entries.FirstOrDefault(one => !Keys.Contains(one.Key)) is { } unknown)
            return Wrong(unknown.KeyMark, $"there is no `{OneLine.Of(unknown.Key)}` of a searched option{ScalarReader.DidYouMean(unknown.Key, Keys)} ({HowTo})");

        // Beside `int`, `log` says how.
        YamlEntry[] kinds = [.. mapping.Entries.Where(one => one.Key != When && !(one.Key == Log && mapping.Find(Int) is not null))];
        if (kinds.Length != 1)
            return Wrong(kinds.Length == 0 ? mapping.Mark : kinds[1].KeyMark, $"`{member.Name}` is searched by one distribution: {HowTo}");
        SearchDomain? domain = Domain(kinds[0], mapping);
        List<SearchCondition>? conditions = mapping.Find(When) is { } when ? Conditions(when) : [];
        return domain is null || conditions is null ? null : new Distribution(mapping.Mark, new SearchParameter(member.Name, domain, conditions));
    }

    private string HowTo => IsWhole ? "`int: [low, high]`, with `log: true` or without, or `choice: [a, b]`"
        : IsNumber ? "`uniform: [low, high]`, `log: [low, high]` or `choice: [a, b]`" : "`choice: [a, b]`";

    private SearchDomain? Domain(YamlEntry kind, YamlMapping mapping)
    {
        if (kind.Key == Choice)
            return Choices(kind.Value);
        if (!IsNumber)
            return Nothing(kind.KeyMark, $"`{member.Name}` is no number: it is searched by {HowTo}");
        if (IsWhole && kind.Key != Int)
            return Nothing(kind.KeyMark, $"`{member.Name}` is a whole number: it is searched by {HowTo}");
        if (Bounds(kind) is not var (low, high))
            return null;
        YamlEntry? spread = kind.Key == Int ? mapping.Find(Log) : null;
        bool? log = kind.Key == Log ? true : spread is null ? false : Truth(spread);
        if (log is null)
            return null;
        if (log == true && (low <= 0 || (kind.Key == Int && low < 1)))
            return Nothing(Item(kind.Value, 0), $"`{member.Name}` has no logarithm at {OptionText.Of(low)}: with `log` it must begin above 0");
        return kind.Key == Int ? new IntDomain((long)low, (long)high, log.Value) : new NumberDomain(low, high, log.Value);
    }

    private (double Low, double High)? Bounds(YamlEntry kind)
    {
        if (kind.Value is YamlFaulty)
        {
            context.Spoil();
            return null;
        }

        if (kind.Value is not YamlSequence { Items.Count: 2 } ends)
        {
            context.Error(kind.Value.Mark, $"`{kind.Key}` of `{member.Name}` must be two numbers [low, high], not {(kind.Value is YamlSequence list ? $"a list of {list.Items.Count}" : ScalarReader.Describe(kind.Value))}");
            return null;
        }

        if (!ValueBinding.TryBind(context, member.Shape, ends.Items[0], out object? first) | !ValueBinding.TryBind(context, member.Shape, ends.Items[1], out object? second))
            return null;
        (double low, double high) = (Number(first), Number(second));
        for (int i = 0; kind.Key == Int && i < 2; i++)
        {
            if (Math.Floor(i == 0 ? low : high) != (i == 0 ? low : high))
            {
                context.Error(ends.Items[i].Mark, $"`int` of `{member.Name}` must be two whole numbers, not {ScalarReader.Describe(ends.Items[i])}");
                return null;
            }
        }

        if (low < high)
            return (low, high);
        context.Error(ends.Mark, low == high
            ? $"`{kind.Key}` of `{member.Name}` is {OptionText.Of(low)} alone: write `{member.Name}: {OptionText.Of(low)}`, or give it two ends"
            : $"`{kind.Key}` of `{member.Name}` goes from {OptionText.Of(low)} down to {OptionText.Of(high)}: give the lower number first");
        return null;
    }

    private bool? Truth(YamlEntry spread)
    {
        if (spread.Value is YamlScalar { Plain: true, Text: "true" or "false" } scalar)
            return scalar.Text == "true";
        context.Error(spread.Value.Mark, $"`log` beside `int` must be true or false, not {ScalarReader.Describe(spread.Value)}");
        return null;
    }

    private ChoiceDomain? Choices(YamlNode node)
    {
        if (node is YamlFaulty)
        {
            context.Spoil();
            return null;
        }

        if (node is not YamlSequence { Items.Count: > 0 } list)
        {
            context.Error(node.Mark, $"`choice` of `{member.Name}` must be a list of values such as [a, b], not {(node is YamlSequence ? "an empty one" : ScalarReader.Describe(node))}");
            return null;
        }

        return Values(member, list.Items) is { } values ? new ChoiceDomain(values) : null;
    }

    private List<SearchCondition>? Conditions(YamlEntry when)
    {
        if (when.Value is YamlFaulty)
        {
            context.Spoil();
            return null;
        }

        if (when.Value is not YamlMapping { Entries.Count: > 0 } mapping)
        {
            context.Error(when.Value.Mark, $"`when` of `{member.Name}` must be options with values, such as `when: {{ algorithm: bpr }}`, not {ScalarReader.Describe(when.Value)}");
            return null;
        }

        IReadOnlyList<Member> members = Member.Of(entry.OptionsType);
        var conditions = new List<SearchCondition>();
        foreach (YamlEntry one in mapping.Entries)
        {
            if (one.Key == member.Name)
            {
                context.Error(one.KeyMark, $"`{member.Name}` cannot depend on itself");
                return null;
            }

            if (members.FirstOrDefault(other => other.Name == one.Key) is not { } parent)
            {
                context.Within(one.Key, () => RecordBinding.Unknown(context, one, entry.Name, members));
                return null;
            }

            IReadOnlyList<YamlNode> nodes = one.Value is YamlSequence list && parent.Shape is not ListShape ? list.Items : [one.Value];
            if (nodes.Count == 0)
                context.Error(one.Value.Mark, $"`when` needs a value of `{one.Key}`");
            if (nodes.Count == 0 || context.Within(one.Key, () => Values(parent, nodes)) is not { } values)
                return null;
            conditions.Add(new SearchCondition(one.Key, values));
        }

        return conditions;
    }

    private List<object?>? Values(Member of, IReadOnlyList<YamlNode> nodes)
    {
        var values = new List<object?>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool good = true;
        foreach (YamlNode node in nodes)
        {
            if (!ValueBinding.TryBind(context, of, node, out object? value))
                good = false;
            else if (!seen.Add(OptionText.Of(value)))
            {
                context.Error(node.Mark, $"{OptionText.Of(value)} is given twice in `{of.Name}`: keep one of them");
                good = false;
            }
            else
                values.Add(value);
        }

        return good ? values : null;
    }

    private static double Number(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static YamlMark Item(YamlNode list, int i) => ((YamlSequence)list).Items[i].Mark;

    private Distribution? Wrong(YamlMark mark, string message)
    {
        context.Error(mark, message);
        return null;
    }

    private SearchDomain? Nothing(YamlMark mark, string message)
    {
        context.Error(mark, message);
        return null;
    }
}
