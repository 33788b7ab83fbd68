using Trainers.Sampling;

namespace Data.Synthetic;

/// <summary>Somebody with tastes, who may change the main one halfway, and who likes to see how a story goes on.</summary>
internal readonly struct Person
{
    private readonly int _before;
    private readonly int _after;
    private readonly int _side;
    private readonly long _changes;
    private readonly double _follow;

    internal Person(SplitMix64 random, SyntheticOptions options, long from, long to)
    {
        _before = random.NextInt(options.Tastes);
        _side = random.NextInt(options.Tastes);
        _after = random.NextDouble() < options.Drift ? random.NextInt(options.Tastes) : _before;
        _changes = from + (long)(random.NextDouble() * (to - from));
        _follow = options.Follow;
    }

    /// <summary>Draws what the person would take at a time, after having taken <paramref name="previous"/> (-1 for nothing).</summary>
    internal int Choose(SplitMix64 random, TasteModel world, long time, int previous)
    {
        int period = TasteModel.PeriodOf(time);
        if (previous >= 0 && world.Next[previous] >= 0 && world.Release[world.Next[previous]] <= period && random.NextDouble() < _follow)
            return world.Next[previous];

        double u = random.NextDouble();
        int taste = u < 0.7 ? (time < _changes ? _before : _after) : u < 0.9 ? _side : random.NextInt(world.Tastes);
        return world.Draw(random, period, taste);
    }

    /// <summary>Stars from .5 to 5 in halves.</summary>
    internal float Rate(SplitMix64 random, TasteModel world, int item, long time)
    {
        int taste = time < _changes ? _before : _after;
        double liking = world.MainTaste[item] == taste || world.MainTaste[item] == _side ? 0.5 : -0.3;
        double stars = 3.4 + liking + world.Quality[item] + 0.8 * random.NextGaussian();
        return (float)(Math.Clamp(Math.Round(stars * 2), 1, 10) / 2);
    }
}
