using Trainers;

namespace Workbench.Commands;

/// <summary>How fast a training goes, and how long it may still take: from the moments at which its epochs were reported.</summary>
/// <remarks>The first epoch, which is slower while code is being compiled, counts only as long as there is no other. Not for several threads.</remarks>
internal sealed class TrainingPace(TimeProvider clock)
{
    private long? _last;
    private int _epoch;
    private int _measured;
    private TimeSpan _first, _others;

    /// <summary>An epoch begins now. Without this call the first one cannot be measured.</summary>
    public void Begin() => _last = clock.GetTimestamp();

    /// <summary>To be called as soon as an epoch is reported, for each.</summary>
    /// <returns>what this epoch did a second, and the time that the rest would take; null where that cannot be said</returns>
    public (double? PerSecond, TimeSpan? Left) After(TrainingProgress progress)
    {
        if (progress.Epoch <= _epoch)
            (_last, _measured, _first, _others) = (null, 0, TimeSpan.Zero, TimeSpan.Zero); // Another training has begun, nobody knows when.
        _epoch = progress.Epoch;
        long now = clock.GetTimestamp();
        TimeSpan? took = _last is { } before ? clock.GetElapsedTime(before, now) : null;
        _last = now;
        if (took is not { } time || time <= TimeSpan.Zero)
            return (null, null);
        if (_measured++ == 0)
            _first = time;
        else
            _others += time;
        TimeSpan mean = _measured == 1 ? _first : _others / (_measured - 1);
        return (progress.Work is { Count: > 0 } work ? work.Count / time.TotalSeconds : null, mean * (progress.Epochs - progress.Epoch));
    }
}
