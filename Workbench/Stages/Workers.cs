using System.Runtime.ExceptionServices;

namespace Workbench.Stages;

/// <summary>Several threads that take one piece of work after the other.</summary>
internal static class Workers
{
    /// <summary>Ends when no worker finds any more. If one throws, the others are told to stop, and the first exception is thrown.</summary>
    /// <param name="count">threads</param>
    /// <param name="context">cancelled if one throws</param>
    /// <param name="step">does a piece; false if none is left</param>
    internal static void Run(int count, RunContext context, Func<bool> step)
    {
        Exception? first = null;
        void Work()
        {
            try
            {
                do
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                }
                while (step());
            }
            catch (Exception error)
            {
                if (Interlocked.CompareExchange(ref first, RowTrials.Unwrapped(error), null) is null)
                    context.Stop();
            }
        }

        // A loop that runs for long goes on in the pool while its own thread waits: with as many pool threads as processors, of which the command holds one,
        // two trainings would take turns.
        ThreadPool.GetMinThreads(out int least, out int ports);
        ThreadPool.SetMinThreads(Math.Max(least, Environment.ProcessorCount + count + 1), ports);
        Thread[] threads = [.. Enumerable.Range(1, Math.Max(0, count - 1)).Select(_ => new Thread(Work, maxStackSize: 16 << 20) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        Work();
        foreach (Thread thread in threads)
            thread.Join();
        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
    }
}
