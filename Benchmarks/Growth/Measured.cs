using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Growth;

/// <summary>What one part of a stage took.</summary>
/// <param name="Name">of the part</param>
/// <param name="Seconds">in all</param>
/// <param name="Units">that it worked through</param>
/// <param name="Unit">in the plural</param>
internal sealed record Measured(string Name, double Seconds, double Units, string Unit)
{
    /// <summary>The most that the process has had in memory until then; 0 if not known.</summary>
    internal long PeakBytes { get; init; }

    /// <summary>As the processes of stages tell it.</summary>
    internal string Line => string.Create(CultureInfo.InvariantCulture, $"{Name}\t{Seconds:R}\t{Units:R}\t{Unit}\t{PeakBytes}");

    /// <summary>Does something and tells how long it took.</summary>
    internal static Measured Of<T>(string name, string unit, double units, Func<T> work, out T result)
    {
        var clock = Stopwatch.StartNew();
        result = work();
        return new Measured(name, clock.Elapsed.TotalSeconds, units, unit);
    }

    internal static Measured Parse(string line)
    {
        string[] parts = line.Split('\t');
        return new Measured(parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture), double.Parse(parts[2], CultureInfo.InvariantCulture), parts[3])
        {
            PeakBytes = long.Parse(parts[4], CultureInfo.InvariantCulture),
        };
    }
}
