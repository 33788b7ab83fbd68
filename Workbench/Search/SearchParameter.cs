using Trainers.Options;

namespace Workbench.Search;

/// <summary>An option that is searched.</summary>
/// <param name="Name">of the option, in snake_case</param>
/// <param name="Domain">its values</param>
/// <param name="Conditions">all must hold for the option to be searched; where one does not, the option keeps the value of its configuration</param>
public sealed record SearchParameter(string Name, SearchDomain Domain, IReadOnlyList<SearchCondition> Conditions)
{
    public SearchParameter(string name, SearchDomain domain)
        : this(name, domain, [])
    {
    }

    /// <summary>As in YAML: <c>learning_rate: { log: [0.01, 0.3], when: { algorithm: bpr } }</c>.</summary>
    public override string ToString()
    {
        string when = Conditions.Count == 0 ? "" : $", when: {{ {string.Join(", ", Conditions)} }}";
        return $"{Name}: {{ {Domain}{when} }}";
    }
}

/// <summary>Another searched option has one of some values.</summary>
/// <param name="Option">its name</param>
/// <param name="Values">of its type</param>
public sealed record SearchCondition(string Option, IReadOnlyList<object?> Values)
{
    /// <summary>Compared as they are written, so that 2 is 2 in every type of number.</summary>
    public bool Allows(object? value)
    {
        string text = OptionText.Of(value);
        return Values.Any(one => OptionText.Of(one) == text);
    }

    public override string ToString() => Values.Count == 1
        ? $"{Option}: {OptionText.Of(Values[0])}"
        : $"{Option}: [{string.Join(", ", Values.Select(OptionText.Of))}]";
}
