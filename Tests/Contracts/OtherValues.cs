using Trainers.Options;

namespace Tests.Contracts;

/// <summary>Legal values of an option that differ from a given one, the tamest first.</summary>
internal static class OtherValues
{
    public static IEnumerable<object> Of(OptionSpec spec, object? value) =>
        Candidates(spec, value).Where(other => other is not null && !other.Equals(value) && spec.Check(other) is null).Select(other => other!);

    private static IEnumerable<object?> Candidates(OptionSpec spec, object? value)
    {
        Type type = spec.ValueType;
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>();
        if (type == typeof(bool))
            return [true, false];
        if (type == typeof(string))
            return ["a", "b"];
        if (spec.ElementType is { } element)
        {
            return element == typeof(int) ? [Array.ConvertAll<object, int>([.. Numbers(spec, null)], x => (int)Convert.ToDouble(x, null))]
                : element == typeof(double) ? [Array.ConvertAll<object, double>([.. Numbers(spec, null)], x => Convert.ToDouble(x, null))]
                : [new[] { "a" }];
        }

        return Numbers(spec, value).Select(number => Convert.ChangeType(type == typeof(int) || type == typeof(long) ? Math.Round((double)number) : number, type, null));
    }

    private static IEnumerable<object> Numbers(OptionSpec spec, object? value)
    {
        double from = value is null ? double.NaN : Convert.ToDouble(value, null);
        double[] numbers = [from * 2, from / 2, from + 1, from - 1, from + 0.1, from - 0.1, 3, 2, 1, 0.5, 0.1, 0.01, 0, 10, (spec.Min + spec.Max) / 2, spec.Min, spec.Max];
        return numbers.Where(double.IsFinite).Where(x => Math.Abs(x) < int.MaxValue).Cast<object>();
    }
}
