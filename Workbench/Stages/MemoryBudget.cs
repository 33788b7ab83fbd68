namespace Workbench.Stages;

/// <summary>Memory that several trainings share, by what each says that it needs: one that finds no room waits until another one is done.</summary>
/// <param name="bytes">of all together</param>
internal sealed class MemoryBudget(long bytes)
{
    private readonly object _lock = new();
    private long _held;
    private int _holders;
    private int _waiting;

    internal MemoryReservation Begin() => new(this);

    /// <summary>Waits for room. If everybody who holds some waits for more, nobody could ever go on: then the first one does.</summary>
    internal void Take(long more, bool holdsSome, CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.Register(() =>
        {
            lock (_lock)
                Monitor.PulseAll(_lock);
        });
        lock (_lock)
        {
            int stuck = holdsSome ? 1 : 0;
            _waiting += stuck;
            try
            {
                while (_held > 0 && _held + more > bytes && _waiting < _holders)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Monitor.Wait(_lock);
                }
            }
            finally
            {
                _waiting -= stuck;
            }

            _held += more;
            _holders += holdsSome ? 0 : 1;
            Monitor.PulseAll(_lock);
        }
    }

    internal void Give(long held)
    {
        lock (_lock)
        {
            _held -= held;
            _holders--;
            Monitor.PulseAll(_lock);
        }
    }
}

/// <summary>What one training holds of a <see cref="MemoryBudget"/>; its greatest need counts.</summary>
internal sealed class MemoryReservation(MemoryBudget budget) : IDisposable
{
    private long _held;

    internal void Grow(long bytes, CancellationToken cancellation)
    {
        if (bytes <= _held)
            return;
        budget.Take(bytes - _held, _held > 0, cancellation);
        _held = bytes;
    }

    public void Dispose()
    {
        if (_held > 0)
            budget.Give(_held);
        _held = 0;
    }
}
