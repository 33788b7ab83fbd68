using System.Globalization;
using Trainers.Options;

namespace Workbench.Search;

/// <summary>The values that a searched option may have. Places are numbers of [0, 1]: equal distances are equally likely.</summary>
public abstract record SearchDomain
{
    /// <summary>How many values there are; null if too many to count.</summary>
    public abstract long? Count { get; }

    /// <summary>The value at a place.</summary>
    /// <param name="place">in [0, 1]</param>
    public abstract object? At(double place);

    /// <summary>The middle of the places of a value.</summary>
    public abstract double PlaceOf(object? value);

    public abstract bool Contains(object? value);

    /// <summary>All values, or, where they are more than <paramref name="points"/> numbers, as many with both ends.</summary>
    public abstract IReadOnlyList<object?> Grid(int points);

    /// <summary>As in YAML, without braces: <c>log: [0.0001, 0.01]</c>.</summary>
    public abstract override string ToString();

    private protected static string Between(object low, object high) => $"[{OptionText.Of(low)}, {OptionText.Of(high)}]";

    private protected static IEnumerable<double> Ends(int points) =>
        Enumerable.Range(0, points).Select(i => points == 1 ? 0.5 : (double)i / (points - 1));
}

/// <summary>Numbers of an interval, evenly or, if <paramref name="Log"/>, evenly by their logarithm; of four significant digits, so that they can be told and typed again.</summary>
/// <param name="Low">inclusive; above 0 if <paramref name="Log"/></param>
/// <param name="High">inclusive</param>
/// <param name="Log">by logarithm</param>
public sealed record NumberDomain(double Low, double High, bool Log) : SearchDomain
{
    public override long? Count => null;

    public override object At(double place)
    {
        double value = Log ? Math.Exp(Between(Math.Log(Low), Math.Log(High), place)) : Between(Low, High, place);
        return Math.Clamp(Round(value), Low, High);
    }

    public override double PlaceOf(object? value)
    {
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        double place = Log ? (Math.Log(number) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low)) : (number - Low) / (High - Low);
        return Math.Clamp(place, 0, 1);
    }

    public override bool Contains(object? value) => value is double number && number >= Low && number <= High;

    public override IReadOnlyList<object?> Grid(int points) => [.. Ends(points).Select(At).Distinct()];

    public override string ToString() => $"{(Log ? "log" : "uniform")}: {Between(Low, High)}";

    private static double Between(double low, double high, double place) => low + (high - low) * place;

    private static double Round(double value) =>
        double.Parse(value.ToString("E3", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>Whole numbers of an interval, as <see cref="long"/>.</summary>
/// <param name="Low">inclusive; at least 1 if <paramref name="Log"/></param>
/// <param name="High">inclusive</param>
/// <param name="Log">by logarithm: each has the places of its interval of half a number to both sides</param>
public sealed record IntDomain(long Low, long High, bool Log) : SearchDomain
{
    public override long? Count => (double)High - Low < int.MaxValue ? High - Low + 1 : null;

    public override object At(double place)
    {
        double value = Log
            ? Math.Exp(Math.Log(Low - 0.5) + (Math.Log(High + 0.5) - Math.Log(Low - 0.5)) * place)
            : Low - 0.5 + (High - Low + 1.0) * place;
        return (long)Math.Clamp(Math.Floor(value + 0.5), Low, High);
    }

    public override double PlaceOf(object? value)
    {
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        double place = Log
            ? (Math.Log(number) - Math.Log(Low - 0.5)) / (Math.Log(High + 0.5) - Math.Log(Low - 0.5))
            : (number - Low + 0.5) / (High - Low + 1.0);
        return Math.Clamp(place, 0, 1);
    }

    public override bool Contains(object? value) => value is long number && number >= Low && number <= High;

    public override IReadOnlyList<object?> Grid(int points) => Count <= points
        ? [.. Enumerable.Range(0, (int)(High - Low) + 1).Select(i => (object)(Low + i))]
        : [.. Ends(points).Select(place => Between(place)).Distinct()];

    public override string ToString() => $"int: {Between(Low, High)}{(Log ? ", log: true" : "")}";

    /// <summary>With the ends themselves, which <see cref="At"/> at 0 and 1 gives as well, and between them not by cells.</summary>
    private object Between(double place) => Log
        ? (long)Math.Round(Math.Exp(Math.Log(Low) + (Math.Log(High) - Math.Log(Low)) * place))
        : (long)Math.Round(Low + (High - Low) * place);
}

/// <summary>Values without an order, each as likely as another.</summary>
/// <param name="Values">different ones, of the option's type; null where the option can be without a value</param>
public sealed record ChoiceDomain(IReadOnlyList<object?> Values) : SearchDomain
{
    public override long? Count => Values.Count;

    public override object? At(double place) => Values[IndexAt(place)];

    public override double PlaceOf(object? value) => (IndexOf(value) + 0.5) / Values.Count;

    public override bool Contains(object? value) => Values.Select(OptionText.Of).Contains(OptionText.Of(value));

    public override IReadOnlyList<object?> Grid(int points) => Values;

    public override string ToString() => $"choice: [{string.Join(", ", Values.Select(OptionText.Of))}]";

    internal int IndexAt(double place) => Math.Clamp((int)(place * Values.Count), 0, Values.Count - 1);

    /// <summary>Of a value by its text, as lists have no equality of their own.</summary>
    private int IndexOf(object? value)
    {
        string text = OptionText.Of(value);
        for (int i = 0; i < Values.Count; i++)
        {
            if (OptionText.Of(Values[i]) == text)
                return i;
        }

        throw new ArgumentException($"{text} is none of {this}.", nameof(value));
    }
}
