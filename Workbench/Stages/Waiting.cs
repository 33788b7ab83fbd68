using System.Diagnostics;

namespace Workbench.Stages;

/// <summary>
/// Waits for trials that others are at: the longer it has waited already, the longer before the next look, so that looking costs little and what is done is
/// seen no later than a quarter of the wait for it.
/// </summary>
/// <remarks>Its threads are woken when another one of them has done something.</remarks>
internal sealed class Waiting
{
    internal static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private readonly TimeSpan _longest;
    private readonly CancellationToken _cancellation;
    private long _since = Stopwatch.GetTimestamp();

    internal Waiting(RunContext context)
    {
        TimeSpan most = context.Study?.Store.LongestWait ?? Shortest;
        (_longest, _cancellation) = (most > Shortest ? most : Shortest, context.Cancellation);
    }

    /// <summary>Something was done: there may be more to do.</summary>
    internal void Worked()
    {
        lock (_gate)
        {
            _since = Stopwatch.GetTimestamp();
            Monitor.PulseAll(_gate);
        }
    }

    internal void Wait()
    {
        using CancellationTokenRegistration stop = _cancellation.Register(() =>
        {
            lock (_gate)
                Monitor.PulseAll(_gate);
        });
        lock (_gate)
        {
            if (!_cancellation.IsCancellationRequested)
                Monitor.Wait(_gate, PauseAfter(Stopwatch.GetElapsedTime(_since), _longest));
        }
    }

    /// <summary>A quarter of what was waited so far, between two bounds.</summary>
    internal static TimeSpan PauseAfter(TimeSpan waited, TimeSpan longest) => waited / 4 < Shortest ? Shortest : waited / 4 > longest ? longest : waited / 4;
}
