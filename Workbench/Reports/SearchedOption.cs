using System.Globalization;
using Trainers.Options;

namespace Workbench.Reports;

/// <summary>A searched option over some trials: its numbers, if it has any, and what else it was.</summary>
/// <remarks>Legend: T trials.</remarks>
internal sealed class SearchedOption
{
    /// <summary>Stands for an option whose condition did not hold.</summary>
    internal const string Unused = "not used";

    /// <summary>Of a few chosen numbers: so far apart, and most of them in so low a part of their range, that their logarithm is looked at.</summary>
    private const double LogFrom = 30, LogBelow = 0.3;
    private const int Few = 16;

    private SearchedOption(string name, double?[] numbers, string?[] words, bool isLog) => (Name, Numbers, Words, IsLog) = (name, numbers, words, isLog);

    internal string Name { get; }

    /// <summary>T; null where it is no number.</summary>
    internal IReadOnlyList<double?> Numbers { get; }

    /// <summary>T; null where it is a number of an option of numbers.</summary>
    internal IReadOnlyList<string?> Words { get; }

    internal bool IsNumeric => Numbers.Any(number => number is not null);

    /// <summary>Whether equal ratios are to be at equal distances.</summary>
    internal bool IsLog { get; }

    internal static SearchedOption Of(SearchHistory search, string name, IReadOnlyList<SearchedTrial> trials)
    {
        double?[] numbers = [.. trials.Select(trial => trial.Options.TryGetValue(name, out object? value) ? NumberOf(value) : null)];
        bool isNumeric = trials.Zip(numbers).All(pair => pair.Second is not null || pair.First.Options.GetValueOrDefault(name) is null);
        if (!isNumeric)
            Array.Clear(numbers);
        string?[] words = [.. trials.Zip(numbers).Select(pair => pair.Second is not null ? null : WordOf(name, pair.First))];
        return new SearchedOption(name, numbers, words, search.Logarithmic.Contains(name) ? numbers.All(number => number is null or > 0) : AreByRatio(numbers));
    }

    /// <summary>Choices such as 0.001, 0.01 and 0.1 do not say of what kind they are.</summary>
    private static bool AreByRatio(double?[] numbers)
    {
        double[] distinct = [.. numbers.OfType<double>().Distinct().Order()];
        return distinct.Length is > 0 and <= Few && distinct[0] > 0 && distinct[^1] / distinct[0] >= LogFrom
            && distinct[distinct.Length / 2] - distinct[0] <= LogBelow * (distinct[^1] - distinct[0]);
    }

    private static string WordOf(string name, SearchedTrial trial) => trial.Options.TryGetValue(name, out object? value) ? OptionText.Of(value) : Unused;

    private static double? NumberOf(object? value) =>
        value is int or long or float or double or decimal && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;
}
