using System.Globalization;

namespace Workbench.Experiments;

/// <summary>An amount of time, written with its unit: <c>90s</c>, <c>30m</c>, <c>1.5h</c>, <c>2 d</c>.</summary>
public readonly record struct Duration(TimeSpan Time)
{
    internal const string Pattern = "^[0-9]+(\\.[0-9]+)? ?[smhd]$";

    private static readonly (char Unit, double Seconds)[] Units = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

    /// <summary>False if the text is no time above zero, of at most 10,000 days.</summary>
    public static bool TryParse(string text, out Duration duration)
    {
        duration = default;
        if (text.Length < 2)
            return false;
        double unit = Units.FirstOrDefault(one => one.Unit == text[^1]).Seconds;
        string number = text[^2] == ' ' ? text[..^2] : text[..^1];
        if (unit == 0 || number.Length == 0 || !char.IsAsciiDigit(number[0]) || !char.IsAsciiDigit(number[^1])
            || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
            return false;
        double seconds = count * unit;
        if (!(seconds >= 1e-3 && seconds <= 10_000 * 86_400.0))
            return false;
        duration = new Duration(TimeSpan.FromSeconds(seconds));
        return true;
    }

    /// <summary>In the greatest unit that gives a whole number, else in seconds: reads back as the same time.</summary>
    public override string ToString()
    {
        double total = Time.TotalSeconds;
        (char unit, double seconds) = Units.FirstOrDefault(one => total % one.Seconds == 0, ('s', 1));
        return string.Create(CultureInfo.InvariantCulture, $"{total / seconds:0.#######}{unit}");
    }
}
