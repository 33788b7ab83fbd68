using System.Globalization;
using System.Text.RegularExpressions;
using Trainers.Options;
using Workbench.Experiments.Yaml;

namespace Workbench.Experiments.Binding;

/// <summary>A text of the file as a value of C#, or what is wrong with it.</summary>
internal static class ScalarReader
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    /// <summary>Null and the value, or what is wrong, to follow the key's name: "must be ...".</summary>
    public static string? Read(ScalarShape shape, YamlScalar scalar, out object? value)
    {
        Type type = shape.Spec.ValueType;
        if (type == typeof(string))
            return ReadText(shape, scalar, out value);
        if (type.IsEnum)
            return ReadMember(shape, scalar, out value);

        value = !scalar.Plain ? null
            : type == typeof(bool) ? ReadTruth(scalar.Text)
            : type == typeof(int) || type == typeof(long) ? ReadWhole(scalar.Text, type)
            : ReadNumber(scalar.Text, type);
        if (value is not null)
            return shape.Spec.Check(value);

        string problem = MustBe(shape.Expected, scalar);
        if (!scalar.Plain)
            return ReadPlain(shape, scalar) ? $"{problem}: remove the quotes" : problem;
        return IsWhole(scalar.Text) && type != typeof(bool) ? $"{problem}: that is too large" : problem;
    }

    /// <summary>"must be X, not Y".</summary>
    public static string MustBe(string expected, YamlNode node) => $"must be {expected}, not {Describe(node)}";

    public static string Describe(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => "empty",
        YamlScalar { Plain: true } scalar => OneLine.Of(scalar.Text),
        YamlScalar scalar => $"the text \"{OneLine.Of(scalar.Text)}\"",
        YamlSequence => "a list",
        _ => "a mapping",
    };

    /// <summary>"; did you mean `x`?", or nothing.</summary>
    public static string DidYouMean(string name, IEnumerable<string> known) =>
        NearestName.Of(name.Length <= 100 ? name : name[..100], known) is { } near ? $"; did you mean `{near}`?" : "";

    public static bool Matches(string pattern, string text)
    {
        Match match = Regex.Match(text, pattern, RegexOptions.CultureInvariant | RegexOptions.ECMAScript, PatternLimit);
        return match.Success && match.Length == text.Length;
    }

    private static string? ReadText(ScalarShape shape, YamlScalar scalar, out object? value)
    {
        value = scalar.Text;
        if (shape.Pattern is { } pattern ? Matches(pattern, scalar.Text) : scalar.Text.Length > 0 && !scalar.Text.Any(char.IsControl))
            return null;
        return shape.Pattern is null && scalar.Text.Length > 0 ? "must be a text of one line" : MustBe(shape.Expected, scalar);
    }

    private static string? ReadMember(ScalarShape shape, YamlScalar scalar, out object? value)
    {
        value = shape.Spec.Member(scalar.Text);
        return value is null ? MustBe(shape.Expected, scalar) + DidYouMean(scalar.Text, shape.Spec.Choices) : null;
    }

    private static object? ReadTruth(string text) => text switch { "true" => true, "false" => false, _ => null };

    private static object? ReadWhole(string text, Type type)
    {
        if (!IsWhole(text) || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            return null;
        if (type == typeof(long))
            return number;
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
    }

    private static object? ReadNumber(string text, Type type)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.Length == 0 || !(char.IsAsciiDigit(text[^1]) || text[^1] == '.')
            || !double.TryParse(text, Styles, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            return null;
        if (type == typeof(double))
            return number;
        return float.IsFinite((float)number) ? (float)number : null;
    }

    private static bool ReadPlain(ScalarShape shape, YamlScalar scalar) => Read(shape, scalar with { Plain = true }, out _) is null;

    private static bool IsWhole(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan(text.StartsWith('-') || text.StartsWith('+') ? 1 : 0);
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
