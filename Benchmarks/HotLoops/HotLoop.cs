namespace Benchmarks.HotLoops;

/// <summary>A loop that decides how long something takes.</summary>
/// <param name="Name">of the loop</param>
/// <param name="Settings">in words</param>
/// <param name="Unit">what it works through, in the plural</param>
/// <param name="Cost">of one unit</param>
/// <param name="Run">runs it once</param>
internal sealed record HotLoop(string Name, string Settings, string Unit, UnitCost Cost, Func<LoopTime> Run);

/// <summary>What one unit must compute or move, however it is done.</summary>
/// <param name="Flops">floating-point operations; 0 where moving decides</param>
/// <param name="Bytes">of rows that are read or written at random places, or of memory that is read; 0 where computing decides</param>
/// <param name="Formula">where the number comes from</param>
internal readonly record struct UnitCost(double Flops, double Bytes, string Formula);

/// <summary>How long a run took.</summary>
/// <param name="Seconds">of one pass</param>
/// <param name="Units">that it worked through</param>
internal readonly record struct LoopTime(double Seconds, double Units)
{
    internal double PerSecond => Units / Seconds;
}
