namespace Workbench.Stages;

/// <summary>Pieces of work that several programs share: one that another program is at comes again when that has ended, however it did.</summary>
/// <param name="pieces">in the order in which they are taken</param>
/// <param name="awaited">of pieces that were elsewhere, those that still are</param>
/// <param name="waiting">between two looks at them</param>
internal sealed class SharedWork<T>(IEnumerable<T> pieces, Func<IReadOnlyList<T>, IReadOnlySet<T>> awaited, Waiting waiting)
    where T : struct
{
    private readonly Lock _lock = new();
    private readonly Queue<T> _ready = new(pieces);
    private List<T> _elsewhere = [];
    private int _looking;

    internal int Count => _ready.Count;

    /// <summary>The next piece. Where all that are left are elsewhere, null after a while.</summary>
    /// <returns>false if none is left</returns>
    internal bool TryNext(out T? piece)
    {
        piece = null;
        lock (_lock)
        {
            if (_ready.TryDequeue(out T next))
                piece = next;
            else if (_elsewhere.Count == 0 && _looking == 0)
                return false;
        }

        if (piece is null)
        {
            waiting.Wait();
            Look();
        }

        return true;
    }

    /// <summary>Another program is at it.</summary>
    internal void Elsewhere(T piece)
    {
        lock (_lock)
            _elsewhere.Add(piece);
    }

    /// <summary>It is done.</summary>
    internal void Done() => waiting.Worked();

    private void Look()
    {
        List<T> looked;
        lock (_lock)
        {
            looked = _elsewhere;
            if (looked.Count == 0)
                return;
            (_elsewhere, _looking) = ([], _looking + 1);
        }

        IReadOnlySet<T> still = looked.ToHashSet();
        try
        {
            still = awaited(looked);
        }
        finally
        {
            lock (_lock)
            {
                _looking--;
                foreach (T piece in looked)
                {
                    if (still.Contains(piece))
                        _elsewhere.Add(piece);
                    else
                        _ready.Enqueue(piece);
                }
            }
        }
    }
}
