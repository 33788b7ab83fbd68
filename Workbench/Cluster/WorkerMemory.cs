using Workbench.Experiments;
using Workbench.Stages;

namespace Workbench.Cluster;

/// <summary>
/// What a worker of a given size has room for. A training says what it is about to allocate before it does; the data and the runtime are measured. A quarter of
/// the sum is added for what nobody counts: garbage that is not collected yet, code, stacks.
/// </summary>
internal static class WorkerMemory
{
    /// <summary>The runtime and the program before they have done anything.</summary>
    private const long Runtime = 150_000_000;

    private const double Reserve = 1.25;

    /// <summary>Bytes in use now, data included.</summary>
    public static long InUse() => Runtime + GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>What a worker must be given.</summary>
    /// <param name="inUse">bytes, before a training</param>
    /// <param name="training">bytes that it allocates</param>
    public static long Of(long inUse, long training) => (long)(Reserve * (inUse + training));

    /// <summary>A context whose trainings must fit.</summary>
    /// <param name="context">of the worker</param>
    /// <param name="experiment">its own bound of memory holds in any case: what it refuses is a failure on any machine</param>
    /// <param name="size">of the worker</param>
    public static RunContext Bounded(RunContext context, Experiment experiment, MemorySize size)
    {
        // Measured at the first training, when the data is there.
        var room = new Lazy<long>(() => (long)(size.Bytes / Reserve) - InUse());
        return new RunContext(context.Threads, experiment.Memory?.Bytes ?? long.MaxValue, context.Observer, context.Cancellation) { Room = () => room.Value };
    }
}
