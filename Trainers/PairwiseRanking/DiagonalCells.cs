namespace Trainers.PairwiseRanking;

/// <summary>Runs the cells of B x B blocks so that no two at work share a row or column block, and each block meets the others in one fixed order, whatever the threads.</summary>
/// <remarks>
/// In round r row block k meets column block k + r. That cell may begin when row block k has done its round r - 1 and so has row block k + 1, which had the column block before:
/// no barrier between rounds. A thread prefers row blocks of its own, whose rows are in its cache.
/// </remarks>
internal sealed class DiagonalCells
{
    private readonly int _blocks;
    private readonly int _threads;
    private readonly int[] _done;
    private readonly bool[] _busy;
    private readonly Lock _lock = new();
    private bool _failed;

    private DiagonalCells(int blocks, int threads) => (_blocks, _threads, _done, _busy) = (blocks, threads, new int[blocks], new bool[blocks]);

    /// <param name="blocks">B</param>
    /// <param name="threads">at most</param>
    /// <param name="cell">gets row block and round</param>
    /// <param name="cancellation">looked at before each cell</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(int blocks, int threads, Action<int, int> cell, CancellationToken cancellation)
    {
        threads = Math.Clamp(threads, 1, blocks);
        var cells = new DiagonalCells(blocks, threads);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, threads, options, thread => cells.Work(thread, cell, cancellation));
    }

    private void Work(int thread, Action<int, int> cell, CancellationToken cancellation)
    {
        try
        {
            var wait = new SpinWait();
            while (Take(thread) is var (block, round))
            {
                cancellation.ThrowIfCancellationRequested();
                if (block < 0)
                {
                    wait.SpinOnce();
                    continue;
                }

                cell(block, round);
                lock (_lock)
                    (_busy[block], _done[block]) = (false, round + 1);
                wait = new SpinWait();
            }
        }
        catch
        {
            lock (_lock)
                _failed = true;
            throw;
        }
    }

    /// <summary>A cell that may begin; block -1 if there is none yet, null if none is left to begin.</summary>
    private (int Block, int Round)? Take(int thread)
    {
        lock (_lock)
        {
            int best = -1;
            bool left = false;
            for (int i = 0; i < _blocks && !_failed; i++)
            {
                int block = (thread * _blocks / _threads + i) % _blocks, round = _done[block];
                if (round == _blocks || (_busy[block] && round == _blocks - 1))
                    continue;
                left = true;
                if (_busy[block] || _done[(block + 1) % _blocks] < round)
                    continue;
                if (best < 0 || (IsOf(thread, block) == IsOf(thread, best) ? round < _done[best] : IsOf(thread, block)))
                    best = block;
            }

            if (best >= 0)
                _busy[best] = true;
            return best >= 0 ? (best, _done[best]) : left ? (-1, 0) : null;
        }
    }

    private bool IsOf(int thread, int block) => block >= thread * _blocks / _threads && block < (thread + 1) * _blocks / _threads;
}
