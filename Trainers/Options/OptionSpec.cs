using System.Reflection;

namespace Trainers.Options;

/// <summary>One option, as its declaration says it: what YAML, the schema, the sweep, labels and tables derive from.</summary>
/// <param name="Name">in snake_case, as in YAML</param>
/// <param name="Property">of the options record</param>
/// <param name="ValueType">int, long, double, float, bool, string, an enum, or <c>IReadOnlyList&lt;&gt;</c> of int, double or string; without <c>Nullable&lt;&gt;</c></param>
/// <param name="IsNullable">null is a legal value</param>
/// <param name="Default">the property's initial value</param>
/// <param name="Doc">one sentence</param>
/// <param name="Min">least number; of a list, for each of its numbers</param>
/// <param name="Max">greatest number, inclusive</param>
/// <param name="MinExclusive">the least number itself is not allowed</param>
/// <param name="Choices">an enum's members in kebab-case, in the order of declaration; else empty</param>
public sealed record OptionSpec(
    string Name,
    PropertyInfo Property,
    Type ValueType,
    bool IsNullable,
    object? Default,
    string Doc,
    double Min,
    double Max,
    bool MinExclusive,
    IReadOnlyList<string> Choices)
{
    /// <summary>Where it is searched by default; null if it is not.</summary>
    public SearchAttribute? Search { get; init; }

    /// <summary>The type of a list's elements; null if this is no list.</summary>
    public Type? ElementType => ValueType.IsGenericType ? ValueType.GetGenericArguments()[0] : null;

    /// <summary>What is wrong with a value, without the option's name in it; null if nothing is.</summary>
    public string? Check(object? value)
    {
        if (value is null)
            return IsNullable ? null : $"must be {Expected}, not empty";
        if (ElementType is null)
            return value.GetType() == ValueType ? CheckOne(value) : Wrong(value);
        return value is System.Collections.IEnumerable list && ValueType.IsInstanceOfType(value)
            ? list.Cast<object>().Select(CheckOne).FirstOrDefault(problem => problem is not null)
            : Wrong(value);
    }

    /// <summary>What a value must be, e.g. <c>a whole number from 1 to 1024</c>.</summary>
    public string Expected => ElementType is null ? Noun(ValueType) : $"a list, each {Noun(ElementType)}";

    /// <summary>The enum's member of this kebab-case name; null if there is none.</summary>
    public object? Member(string choice) =>
        Enum.GetValues(ValueType).Cast<object>().FirstOrDefault(member => OptionName.OfMember(member.ToString()!) == choice);

    public object? Get(object options) => Property.GetValue(options);

    /// <summary>Writes to a record that nobody else holds yet.</summary>
    /// <exception cref="ArgumentException"><see cref="Check"/> has something against the value.</exception>
    public void Set(object options, object? value)
    {
        if (Check(value) is { } problem)
            throw new ArgumentException($"`{Name}` {problem}", nameof(value));
        Property.SetValue(options, value);
    }

    /// <summary>The range as the option table prints it, e.g. <c>1 .. 1024</c>, <c>&gt; 0</c>; empty if any value will do.</summary>
    public string Range
    {
        get
        {
            if (Choices.Count > 0)
                return string.Join(", ", Choices);
            (string min, string max) = (OptionText.Of(Min), OptionText.Of(Max));
            return (double.IsFinite(Min), double.IsFinite(Max)) switch
            {
                (false, false) => "",
                (true, false) => $"{(MinExclusive ? ">" : ">=")} {min}",
                (false, true) => $"<= {max}",
                _ => MinExclusive ? $"> {min}, <= {max}" : $"{min} .. {max}",
            };
        }
    }

    private string? CheckOne(object value)
    {
        double? number = value switch { int i => i, long l => l, float f => f, double d => d, _ => null };
        if (number is { } x && (!double.IsFinite(x) || x < Min || x > Max || (MinExclusive && x <= Min)))
            return $"must be {Noun(value.GetType())}, not {OptionText.Of(value)}";
        if (value.GetType().IsEnum && !Enum.IsDefined(value.GetType(), value))
            return $"must be {Noun(value.GetType())}, not {OptionText.Of(value)}";
        return null;
    }

    private string Wrong(object value) => $"must be {Expected}, not {OptionText.Of(value)}";

    private string Noun(Type type)
    {
        if (type.IsEnum)
            return Choices.Count == 1 ? Choices[0] : $"one of {string.Join(", ", Choices)}";
        if (type == typeof(bool))
            return "true or false";
        if (type == typeof(string))
            return "a text";
        string noun = type == typeof(int) || type == typeof(long) ? "a whole number" : "a number";
        (string min, string max) = (OptionText.Of(Min), OptionText.Of(Max));
        return (double.IsFinite(Min), double.IsFinite(Max)) switch
        {
            (false, false) => noun,
            (true, false) => MinExclusive ? $"{noun} greater than {min}" : $"{noun} of at least {min}",
            (false, true) => $"{noun} of at most {max}",
            _ => MinExclusive ? $"{noun} greater than {min}, at most {max}" : $"{noun} from {min} to {max}",
        };
    }
}
