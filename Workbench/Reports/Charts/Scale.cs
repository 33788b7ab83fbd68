using System.Globalization;

namespace Workbench.Reports.Charts;

/// <summary>From values to points, linearly or by their logarithm.</summary>
internal sealed class Scale
{
    private readonly double _low, _high, _from, _to;

    private Scale(double low, double high, bool isLog, double from, double to, IReadOnlyList<(double Value, string Text)> ticks) =>
        (_low, _high, IsLog, _from, _to, Ticks) = (low, high, isLog, from, to, ticks);

    internal bool IsLog { get; }

    /// <summary>Round values within the range, with how they are written.</summary>
    internal IReadOnlyList<(double Value, string Text)> Ticks { get; }

    /// <summary>From the first tick that is at most the least value to the first that is at least the greatest; equal values stand in the middle.</summary>
    /// <param name="values">those that are not finite are left out</param>
    internal static Scale Linear(IEnumerable<double> values, double from, double to, bool fromZero = false, int ticks = 5)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        (double low, double high) = known.Length == 0 ? (0, 1) : (known.Min(), known.Max());
        if (fromZero)
            (low, high) = (Math.Min(0, low), Math.Max(0, high));
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
            (low, high) = low == 0 ? (0, 1) : fromZero ? (0, high) : (low - (Math.Abs(low) / 2), high + (Math.Abs(high) / 2));
        double step = Step((high - low) / ticks);
        double first = Math.Floor((low / step) + 1e-9), last = Math.Ceiling((high / step) - 1e-9);
        int decimals = (int)Math.Clamp(-Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        return new Scale(
            first * step, last * step, false, from, to,
            [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => ((first + i) * step, TextOf((first + i) * step, decimals)))]);
    }

    /// <summary>Whole numbers such as epochs: exactly their range, with whole ticks.</summary>
    internal static Scale Whole(IEnumerable<int> values, double from, double to)
    {
        int[] known = [.. values];
        (double low, double high) = known.Length == 0 ? (0, 1) : (known.Min(), known.Max());
        if (low == high)
            (low, high) = (low - 1, high + 1);
        double step = Math.Max(1, Step((high - low) / 6));
        double first = Math.Ceiling(low / step);
        return new Scale(low, high, false, from, to, [.. Enumerable.Range(0, (int)(Math.Floor(high / step) - first) + 1).Select(i => ((first + i) * step, TextOf((first + i) * step, 0)))]);
    }

    /// <summary>Positive values by their logarithm; others are not shown.</summary>
    internal static Scale Logarithmic(IEnumerable<double> values, double from, double to)
    {
        double[] known = [.. values.Where(value => double.IsFinite(value) && value > 0)];
        (double low, double high) = known.Length == 0 ? (1, 10) : (known.Min(), known.Max());
        if (high / low < 1.001)
            (low, high) = (low / 2, high * 2);
        double[] marks = high / low < 30 ? [1, 2, 5] : [1];
        int bottom = (int)Math.Floor(Math.Log10(low) + 1e-9), top = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        (double Value, string Text)[] all = [.. from decade in Enumerable.Range(bottom, top - bottom + 1) from mark in marks let value = mark * Math.Pow(10, decade) select (value, TextOf(value, Math.Max(0, -decade)))];
        double least = all.Select(tick => tick.Value).Where(value => value <= low * (1 + 1e-9)).DefaultIfEmpty(low).Max();
        double most = all.Select(tick => tick.Value).Where(value => value >= high * (1 - 1e-9)).DefaultIfEmpty(high).Min();
        (double Value, string Text)[] within = [.. all.Where(tick => tick.Value >= least * (1 - 1e-9) && tick.Value <= most * (1 + 1e-9))];
        int every = Math.Max(1, (int)Math.Ceiling(within.Length / 7.0));
        return new Scale(Math.Log(least), Math.Log(most), true, from, to, [.. within.Where((_, i) => i % every == 0)]);
    }

    /// <summary>NaN for what cannot be shown.</summary>
    internal double At(double value)
    {
        double place = IsLog ? (value > 0 ? Math.Log(value) : double.NaN) : value;
        return double.IsFinite(place) ? _from + ((place - _low) / (_high - _low) * (_to - _from)) : double.NaN;
    }

    private static double Step(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double share = rough / power;
        return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    }

    private static string TextOf(double value, int decimals) =>
        value != 0 && (Math.Abs(value) >= 1e6 || decimals > 5) ? value.ToString("0.##e0", CultureInfo.InvariantCulture)
        : decimals is 0 or > 5 ? value.ToString("#,0", CultureInfo.InvariantCulture)
        : value.ToString($"0.{new string('0', decimals)}", CultureInfo.InvariantCulture);
}
