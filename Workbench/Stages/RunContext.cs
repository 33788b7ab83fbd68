using Trainers;
using Workbench.Experiments;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>What a run has at its disposal, and who is told how it goes.</summary>
/// <param name="Threads">at most so many for one row; results do not depend on it</param>
/// <param name="MemoryBytes">what rows may allocate</param>
/// <param name="Observer">told of progress</param>
/// <param name="Cancellation">looked at between blocks of work</param>
public sealed record RunContext(int Threads, long MemoryBytes, IRunObserver Observer, CancellationToken Cancellation)
{
    /// <summary>What the experiment says, and for the rest all processors and most of the memory.</summary>
    public static RunContext Of(Experiment experiment, IRunObserver? observer = null, CancellationToken cancellation = default) => new(
        experiment.Threads ?? Environment.ProcessorCount, experiment.Memory?.Bytes ?? MachineMemory.Available, observer ?? new SilentObserver(), cancellation);
}

/// <summary>Is told how a run goes, possibly from several threads.</summary>
public interface IRunObserver
{
    /// <summary>A stage begins: <c>linking</c>, <c>ranking 12 rows</c>.</summary>
    void StageBegins(string what);

    /// <summary>A row begins.</summary>
    void RowBegins(string row, int number, int of);

    /// <summary>An epoch of a row's training has ended.</summary>
    void RowTrains(string row, TrainingProgress progress);

    /// <summary>A row is done or has failed.</summary>
    void RowEnds(LeaderboardRow row, int number, int of);
}
