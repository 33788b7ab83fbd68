using Trainers;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Search.Running;
using Workbench.Studies;

namespace Workbench.Stages;

/// <summary>What a run has at its disposal, and who is told how it goes.</summary>
/// <param name="Threads">at most so many for one row; results do not depend on it</param>
/// <param name="MemoryBytes">what all rows at work may allocate together, and so each of them at most</param>
/// <param name="Observer">told of progress</param>
/// <param name="Cancellation">looked at between blocks of work</param>
public sealed record RunContext(int Threads, long MemoryBytes, IRunObserver Observer, CancellationToken Cancellation)
{
    /// <summary>Where trials are kept; null for nowhere.</summary>
    public Study? Study { get; init; }

    /// <summary>Failures by the program's own mistakes are kept like others: where nobody is there to mend it, everybody would meet them again, and who waits would wait for ever.</summary>
    internal bool KeepsMistakes { get; init; }

    /// <summary>Trials are other programs' too, or theirs alone.</summary>
    internal bool OthersWork => KeepsMistakes || Study is { OnlyWatches: true };

    /// <summary>Stops everything that looks at <see cref="Cancellation"/>, because something cannot go on.</summary>
    internal Action Stop { get; init; } = () => { };

    /// <summary>Bytes that a training may allocate here; one that needs more is left to other programs. Null: any that <see cref="MemoryBytes"/> allows.</summary>
    internal Func<long>? Room { get; init; }

    /// <summary>What all rows at work may allocate together.</summary>
    internal MemoryBudget Memory { get; init; } = new(MemoryBytes);

    /// <summary>Trains when there is memory for it.</summary>
    /// <param name="seed">of all randomness</param>
    /// <param name="progress">told after each epoch, if given</param>
    /// <param name="train">the training</param>
    /// <exception cref="TooLargeException">There is no <see cref="Room"/> for it.</exception>
    internal T Training<T>(ulong seed, IProgress<TrainingProgress>? progress, Func<TrainingRun, T> train)
    {
        using MemoryReservation reservation = Memory.Begin();
        return train(new TrainingRun(seed, Threads, MemoryBytes, progress, Cancellation) { Reserve = Reserve });

        void Reserve(long bytes)
        {
            if (bytes > Room?.Invoke())
                throw new TooLargeException(bytes);
            reservation.Grow(bytes, Cancellation);
        }
    }

    /// <summary>What the experiment says, and for the rest all processors and most of the memory.</summary>
    public static RunContext Of(Experiment experiment, IRunObserver? observer = null, CancellationToken cancellation = default) => new(
        experiment.Threads ?? Environment.ProcessorCount, experiment.Memory?.Bytes ?? MachineMemory.Available, observer ?? new SilentObserver(), cancellation);
}

/// <summary>Is told how a run goes, possibly from several threads.</summary>
public interface IRunObserver
{
    /// <summary>A stage begins: <c>linking</c>, <c>ranking 12 rows</c>.</summary>
    void StageBegins(string what);

    /// <summary>A trial of a search has ended.</summary>
    void SearchGoesOn(SearchWatch search);

    /// <summary>A row begins.</summary>
    void RowBegins(string row, int number, int of);

    /// <summary>An epoch of a row's training has ended.</summary>
    void RowTrains(string row, TrainingProgress progress);

    /// <summary>A row is done or has failed.</summary>
    void RowEnds(LeaderboardRow row, int number, int of);

    /// <summary>The workers of a cluster stand differently than before, in a line.</summary>
    void ClusterGoesOn(string standing)
    {
    }
}
