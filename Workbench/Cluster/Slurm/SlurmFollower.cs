using Trainers;
using Workbench.Stages;
using Workbench.Studies;

namespace Workbench.Cluster.Slurm;

/// <summary>Follows a run on Slurm while the pipeline waits for its results, in a thread of its own.</summary>
/// <param name="run">begun or taken up</param>
/// <param name="watching">the study that the pipeline waits with</param>
/// <param name="observer">told how it goes</param>
internal sealed class SlurmFollower(SlurmRun run, Study watching, IRunObserver observer)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500), Longest = TimeSpan.FromSeconds(10), LongestSilence = TimeSpan.FromMinutes(1);

    /// <summary>The pipeline looks at trials much more often than this; what it still waits for when no worker is left will not come.</summary>
    private static readonly TimeSpan InVain = TimeSpan.FromSeconds(5);

    /// <summary>Somebody cancelled the run.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Why it cannot come to its end; null while it can.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Runs the pipeline and follows the workers; stops the pipeline where nothing is to be waited for.</summary>
    /// <param name="pipeline">given a token that tells it to stop</param>
    /// <param name="cancellation">of both</param>
    public T While<T>(Func<CancellationToken, T> pipeline, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var thread = new Thread(() => Follow(stop, done.Token)) { IsBackground = true, Name = "slurm" };
        thread.Start();
        try
        {
            return pipeline(stop.Token);
        }
        finally
        {
            done.Cancel();
            thread.Join();
        }
    }

    private void Follow(CancellationTokenSource stop, CancellationToken done)
    {
        try
        {
            Look(stop, done);
        }
        catch (Exception error) when (error is UserErrorException or StudyException)
        {
            Failure = error;
            stop.Cancel();
        }
    }

    private void Look(CancellationTokenSource stop, CancellationToken done)
    {
        string told = "";
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (TimeSpan pause = Shortest; !done.IsCancellationRequested; done.WaitHandle.WaitOne(pause))
        {
            try
            {
                SlurmStanding standing = run.Look();
                Tell(standing.ToString());

                // Often at first, then seldom: thousands of people ask the same controller.
                pause = TimeSpan.FromSeconds(Math.Clamp(clock.Elapsed.TotalSeconds / 60, Shortest.TotalSeconds, Longest.TotalSeconds));
                if (standing.IsCancelled)
                    IsCancelled = true;
                else if (!standing.IsEnd || watching.WaitsFor < InVain || IsWorkedOn())
                    continue;
                stop.Cancel();
                return;
            }
            catch (SlurmSilentException error)
            {
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestSilence.Ticks));
                Tell($"slurm: {error.Message}; asked again, workers go on");
            }
        }

        void Tell(string line)
        {
            if (line != told)
                observer.ClusterGoesOn(told = line);
        }
    }

    /// <summary>By programs that were not started by this run.</summary>
    private bool IsWorkedOn() => watching.Store.AtWork().Any(label => !label.StartsWith(Worker.Follower, StringComparison.Ordinal));
}
