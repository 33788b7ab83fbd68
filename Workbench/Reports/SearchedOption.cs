using System.Globalization;
using Trainers.Options;

namespace Workbench.Reports;

/// <summary>A searched option over some trials: its numbers, if it has any, and what else it was.</summary>
/// <remarks>Legend: T trials.</remarks>
internal sealed class SearchedOption
{
    /// <summary>Stands for an option whose condition did not hold.</summary>
    internal const string Unused = "not used";

    /// <summary>Values are looked at by their logarithm if they are spread so far, and most of them lie in so low a part of their range: even ones do not.</summary>
    private const double LogFrom = 30, LogBelow = 0.3;

    private SearchedOption(string name, double?[] numbers, string?[] words) => (Name, Numbers, Words) = (name, numbers, words);

    internal string Name { get; }

    /// <summary>T; null where it is no number.</summary>
    internal IReadOnlyList<double?> Numbers { get; }

    /// <summary>T; null where it is a number of an option of numbers.</summary>
    internal IReadOnlyList<string?> Words { get; }

    internal bool IsNumeric => Numbers.Any(number => number is not null);

    internal bool IsLog
    {
        get
        {
            double[] distinct = [.. Numbers.OfType<double>().Distinct().Order()];
            return distinct.Length > 0 && distinct[0] > 0 && distinct[^1] / distinct[0] >= LogFrom
                && distinct[distinct.Length / 2] - distinct[0] <= LogBelow * (distinct[^1] - distinct[0]);
        }
    }

    internal static SearchedOption Of(string name, IReadOnlyList<SearchedTrial> trials)
    {
        double?[] numbers = [.. trials.Select(trial => trial.Options.TryGetValue(name, out object? value) ? NumberOf(value) : null)];
        bool isNumeric = trials.Zip(numbers).All(pair => pair.Second is not null || pair.First.Options.GetValueOrDefault(name) is null);
        if (!isNumeric)
            Array.Clear(numbers);
        return new SearchedOption(name, numbers, [.. trials.Zip(numbers).Select(pair => pair.Second is not null ? null : WordOf(name, pair.First))]);
    }

    private static string WordOf(string name, SearchedTrial trial) => trial.Options.TryGetValue(name, out object? value) ? OptionText.Of(value) : Unused;

    private static double? NumberOf(object? value) =>
        value is int or long or float or double or decimal && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;
}
