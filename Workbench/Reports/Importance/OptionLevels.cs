namespace Workbench.Reports.Importance;

/// <summary>
/// A searched option as finitely many levels with a weight each, so that a part of the space is a set of bits. Numbers lie in bins of equal width,
/// of their logarithm where they are spread widely, or, if they are few, are levels each; a word, such as that the option was not used, is one level.
/// </summary>
/// <remarks>Legend: T trials, L levels, at most 64. Levels of numbers come first and ascend; words follow.</remarks>
internal sealed class OptionLevels
{
    private const int Bins = 32, Few = 16, MostWords = 24;

    private OptionLevels(string name, int numbers, int[] of, double[] weights) => (Name, Numbers, Of, Weights) = (name, numbers, of, weights);

    internal string Name { get; }

    /// <summary>So many of the levels are numbers in ascending order.</summary>
    internal int Numbers { get; }

    /// <summary>T levels</summary>
    internal int[] Of { get; }

    /// <summary>L weights whose sum is 1: even over the numbers' range, and words as often as they were met.</summary>
    internal double[] Weights { get; }

    internal ulong All => Weights.Length == 64 ? ulong.MaxValue : (1UL << Weights.Length) - 1;

    internal double WeightOf(ulong levels)
    {
        double sum = 0;
        for (int level = 0; level < Weights.Length; level++)
            sum += (levels >> level & 1) == 1 ? Weights[level] : 0;
        return sum;
    }

    internal static OptionLevels From(SearchedOption option)
    {
        int trials = option.Numbers.Count;
        double[] numbers = [.. option.Numbers.OfType<double>().Select(number => option.IsLog ? Math.Log(number) : number)];
        double[] distinct = [.. numbers.Distinct().Order()];
        int bins = distinct.Length <= Few ? distinct.Length : Bins;
        string[] words = [.. option.Words.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        var of = new int[trials];
        var weights = new double[bins + Math.Min(words.Length, MostWords)];
        for (int bin = 0; bin < bins; bin++)
            weights[bin] = numbers.Length / (double)trials / bins;
        int next = 0;
        for (int t = 0; t < trials; t++)
        {
            if (option.Words[t] is { } word)
            {
                // Words beyond what there are bits for share the last level.
                of[t] = bins + Math.Min(Array.IndexOf(words, word), MostWords - 1);
                weights[of[t]] += 1.0 / trials;
                continue;
            }

            double number = numbers[next++];
            of[t] = bins == distinct.Length
                ? Array.BinarySearch(distinct, number)
                : Math.Min(bins - 1, (int)((number - distinct[0]) / (distinct[^1] - distinct[0]) * bins));
        }

        // Words of an option without numbers are even: a sampler that prefers one does not make it matter more.
        if (bins == 0)
            Array.Fill(weights, 1.0 / weights.Length);
        return new OptionLevels(option.Name, bins, of, weights);
    }
}
