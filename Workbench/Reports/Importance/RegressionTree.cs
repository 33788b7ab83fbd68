using Trainers.Sampling;

namespace Workbench.Reports.Importance;

/// <summary>A part of the searched space in which a tree says one value.</summary>
/// <param name="Levels">P sets of levels, as bits</param>
internal readonly record struct Leaf(ulong[] Levels, double Value);

/// <summary>A regression tree over levels, grown by the greatest reduction of squares on a resample of the trials.</summary>
/// <remarks>
/// Legend: T trials, P options. Numbers are divided between two neighbours, in the middle of a gap that no trial fills, and words stand on either
/// end; words among themselves are ordered by their mean, by which the best of all divisions is found (Breiman et al. 1984).
/// </remarks>
internal sealed class RegressionTree
{
    private const int LeastOfLeaf = 3;

    private readonly OptionLevels[] _options;
    private readonly double[] _values;
    private readonly SplitMix64 _random;
    private readonly List<Leaf> _leaves = [];

    private RegressionTree(OptionLevels[] options, double[] values, SplitMix64 random) => (_options, _values, _random) = (options, values, random);

    /// <param name="options">P, of T trials each</param>
    /// <param name="values">T</param>
    /// <param name="random">draws the resample, and which options a division may look at</param>
    internal static IReadOnlyList<Leaf> Grow(OptionLevels[] options, double[] values, SplitMix64 random)
    {
        var tree = new RegressionTree(options, values, random);
        int[] drawn = [.. Enumerable.Range(0, values.Length).Select(_ => random.NextInt(values.Length)).Order()];
        tree.Divide(drawn, [.. options.Select(option => option.All)]);
        return tree._leaves;
    }

    private void Divide(int[] trials, ulong[] levels)
    {
        (int option, ulong left) = trials.Length < 2 * LeastOfLeaf || trials.All(t => _values[t] == _values[trials[0]]) ? (-1, 0) : Best(trials, levels);
        if (option < 0)
        {
            _leaves.Add(new Leaf(levels, trials.Average(t => _values[t])));
            return;
        }

        ILookup<bool, int> sides = trials.ToLookup(t => (left >> _options[option].Of[t] & 1) == 1);
        Divide([.. sides[true]], With(levels, option, levels[option] & left));
        Divide([.. sides[false]], With(levels, option, levels[option] & ~left));
    }

    private static ulong[] With(ulong[] levels, int option, ulong value)
    {
        ulong[] copy = [.. levels];
        copy[option] = value;
        return copy;
    }

    /// <summary>Five options of six are looked at, drawn anew each time, so that trees differ.</summary>
    private (int Option, ulong Left) Best(int[] trials, ulong[] levels)
    {
        int[] order = [.. Enumerable.Range(0, _options.Length)];
        _random.Shuffle(order.AsSpan());
        (int Option, ulong Left, double Gain) best = (-1, 0, 1e-12);
        int look = Math.Max(1, (int)Math.Ceiling(_options.Length * 5 / 6.0));
        for (int i = 0; i < order.Length && (i < look || best.Option < 0); i++)
        {
            foreach (int[] sequence in Sequences(order[i], trials, levels[order[i]]))
                best = Better(best, order[i], sequence, trials);
        }

        return (best.Option, best.Left);
    }

    /// <summary>Orders of the levels, of which a division takes a beginning.</summary>
    private IEnumerable<int[]> Sequences(int option, int[] trials, ulong levels)
    {
        OptionLevels of = _options[option];
        int[] present = [.. Enumerable.Range(0, of.Weights.Length).Where(level => (levels >> level & 1) == 1)];
        int[] numbers = [.. present.Where(level => level < of.Numbers)], words = [.. present.Where(level => level >= of.Numbers)];
        if (words.Length > 1)
        {
            double mean = trials.Average(t => _values[t]);
            var means = trials.GroupBy(t => of.Of[t]).ToDictionary(group => group.Key, group => group.Average(t => _values[t]));
            words = [.. words.OrderBy(word => means.GetValueOrDefault(word, mean)).ThenBy(word => word)];
        }

        yield return [.. numbers, .. words];
        if (numbers.Length > 0 && words.Length > 0)
            yield return [.. words, .. numbers];
    }

    private (int Option, ulong Left, double Gain) Better((int Option, ulong Left, double Gain) best, int option, int[] sequence, int[] trials)
    {
        OptionLevels of = _options[option];
        var counts = new int[of.Weights.Length];
        var sums = new double[of.Weights.Length];
        double total = 0;
        foreach (int t in trials)
        {
            counts[of.Of[t]]++;
            sums[of.Of[t]] += _values[t];
            total += _values[t];
        }

        int[] filled = [.. Enumerable.Range(0, sequence.Length).Where(i => counts[sequence[i]] > 0)];
        (int n, double sum) = (0, 0);
        for (int f = 0; f + 1 < filled.Length; f++)
        {
            n += counts[sequence[filled[f]]];
            sum += sums[sequence[filled[f]]];
            double gain = (sum * sum / n) + ((total - sum) * (total - sum) / (trials.Length - n)) - (total * total / trials.Length);
            if (gain <= best.Gain || Math.Min(n, trials.Length - n) < LeastOfLeaf)
                continue;
            ulong left = 0;
            int end = (filled[f] + filled[f + 1]) / 2;
            for (int i = 0; i <= end; i++)
                left |= 1UL << sequence[i];
            best = (option, left, gain);
        }

        return best;
    }
}
