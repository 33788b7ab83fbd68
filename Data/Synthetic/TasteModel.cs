using Trainers.Sampling;

namespace Data.Synthetic;

/// <summary>
/// What the generated world is like: items with tastes, popularity that drifts, sequels.
/// A taste's items in a period are drawn with probability proportional to popularity(period) x affinity(taste).
/// </summary>
/// <remarks>Legend: I items, T tastes, P periods of equal length.</remarks>
internal sealed class TasteModel
{
    internal const int Periods = 24;
    internal const long Start = 946_684_800; // 2000-01-01
    internal const long PeriodSeconds = 24L * 365 * 86_400 / Periods;

    private readonly AliasTable[,] _tables; // [P, T]

    internal TasteModel(SyntheticOptions options)
    {
        var random = new SplitMix64((ulong)options.Seed ^ 0x7A57E);
        int items = options.Items;
        (Tastes, Items) = (options.Tastes, items);
        (MainTaste, SideTaste, Next, SequelOf) = (new int[items], new int[items], new int[items], new int[items]);
        Popularity = new double[items];
        (Quality, Release) = (new double[items], new int[items]);

        int[] rank = Permutation(random, items);
        Array.Fill(Next, -1);
        Array.Fill(SequelOf, -1);
        for (int i = 0; i < items; i++)
        {
            MainTaste[i] = random.NextInt(Tastes);
            SideTaste[i] = random.NextInt(Tastes);
            Popularity[i] = Math.Pow(rank[i] + 10, -options.PopularityExponent);
            Quality[i] = 0.4 * random.NextGaussian();
            Release[i] = random.NextInt(5) < 3 ? 0 : random.NextInt(Periods - 2);
            if (i > 0 && random.NextInt(8) == 0 && Next[i - 1] < 0)
                Continue(i - 1, i);
        }

        _tables = new AliasTable[Periods, Tastes];
        Parallel.For(0, Periods * Tastes, cell => _tables[cell / Tastes, cell % Tastes] = Table(cell / Tastes, cell % Tastes));
    }

    internal int Items { get; }

    internal int Tastes { get; }

    /// <summary>I tastes; the first genre of an item follows from it.</summary>
    internal int[] MainTaste { get; }

    /// <summary>I tastes; may be the main one.</summary>
    internal int[] SideTaste { get; }

    /// <summary>I weights, before drift.</summary>
    internal double[] Popularity { get; }

    /// <summary>I shifts of the rating, in stars.</summary>
    internal double[] Quality { get; }

    /// <summary>I periods before which nobody knows the item.</summary>
    internal int[] Release { get; }

    /// <summary>I items: the one that continues it, or -1.</summary>
    internal int[] Next { get; }

    /// <summary>I items: the one it continues, or -1.</summary>
    internal int[] SequelOf { get; }

    internal int Draw(SplitMix64 random, int period, int taste) => _tables[period, taste].Draw(random);

    internal static int PeriodOf(long time) => (int)Math.Clamp((time - Start) / PeriodSeconds, 0, Periods - 1);

    private void Continue(int first, int second)
    {
        (Next[first], SequelOf[second]) = (second, first);
        (MainTaste[second], SideTaste[second]) = (MainTaste[first], SideTaste[first]);
        Popularity[second] = 0.7 * Popularity[first];
        Release[second] = Math.Min(Periods - 3, Release[first] + 1);
    }

    private AliasTable Table(int period, int taste)
    {
        var weights = new double[Items];
        for (int i = 0; i < Items; i++)
        {
            double fresh = period < Release[i] ? 0 : 1 + (Release[i] == 0 ? 0 : 3 * Math.Exp((Release[i] - period) / 3.0));
            double affinity = MainTaste[i] == taste ? 1 : SideTaste[i] == taste ? 0.35 : 0.01;
            weights[i] = Popularity[i] * fresh * affinity;
        }

        return new AliasTable(weights);
    }

    private static int[] Permutation(SplitMix64 random, int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
