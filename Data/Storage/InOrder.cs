using System.Runtime.ExceptionServices;

namespace Data.Storage;

/// <summary>
/// Works on the blocks of a source by several threads and hands the results on in the source's order: so the outcome,
/// errors included, is that of one thread. At most a few blocks per thread are under way at once.
/// </summary>
internal static class InOrder
{
    private const int BlocksPerThread = 4;

    /// <param name="source">enumerated by one thread at a time</param>
    /// <param name="threads">at most so many</param>
    /// <param name="work">called by several threads at once</param>
    /// <param name="sink">called by one thread at a time, in the source's order</param>
    /// <param name="cancellation">looked at before each block</param>
    public static void Run<TBlock, TResult>(
        IEnumerable<TBlock> source,
        int threads,
        Func<TBlock, TResult> work,
        Action<TResult> sink,
        CancellationToken cancellation)
    {
        threads = Math.Max(1, threads);
        using IEnumerator<TBlock> blocks = source.GetEnumerator();
        var sourceLock = new Lock();
        var sinkLock = new object();
        var waiting = new Dictionary<long, TResult>();
        (long taken, long sunk) = (0, 0);
        (long At, ExceptionDispatchInfo What)? failure = null;

        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            while (true)
            {
                long index = -1;
                try
                {
                    cancellation.ThrowIfCancellationRequested();
                    TBlock block;
                    lock (sourceLock)
                    {
                        if (Volatile.Read(ref taken) < 0)
                            return;
                        index = taken;
                        if (!blocks.MoveNext())
                        {
                            taken = -1;
                            return;
                        }

                        taken++;
                        block = blocks.Current;
                    }

                    TResult result = work(block);
                    lock (sinkLock)
                    {
                        // A block that is waited for is in the hands of a running thread, so this ends.
                        while (index - sunk >= BlocksPerThread * threads && (failure is null || index < failure.Value.At))
                            Monitor.Wait(sinkLock);
                        if (failure is not null && index > failure.Value.At)
                            return;
                        waiting.Add(index, result);
                        while (waiting.Remove(sunk, out TResult? next))
                        {
                            index = sunk;
                            sink(next);
                            sunk++;
                        }

                        Monitor.PulseAll(sinkLock);
                    }
                }
#pragma warning disable CA1031 // Carried to the caller's thread, whatever it is.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    Volatile.Write(ref taken, -1);
                    lock (sinkLock)
                    {
                        if (failure is null || index < failure.Value.At)
                            failure = (index, ExceptionDispatchInfo.Capture(error));
                        Monitor.PulseAll(sinkLock);
                    }

                    return;
                }
            }
        });

        failure?.What.Throw();
    }
}
