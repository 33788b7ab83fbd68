using Trainers.Checkpoints;

namespace Trainers;

/// <summary>Everything about one training that is no option of the method.</summary>
/// <param name="Seed">The only source of randomness.</param>
/// <param name="Threads">At most so many threads; results do not depend on it.</param>
/// <param name="MemoryBytes">What the training may allocate; a method that needs more refuses with one line.</param>
/// <param name="Progress">Told after each epoch, if given.</param>
/// <param name="Cancellation">Looked at between blocks of work.</param>
public sealed record TrainingRun(
    ulong Seed = 1,
    int Threads = 1,
    long MemoryBytes = long.MaxValue,
    IProgress<TrainingProgress>? Progress = null,
    CancellationToken Cancellation = default)
{
    /// <summary>By user the next item after those of the interactions, -1 for none: to decide when to stop, never to learn from. Empty where there are none.</summary>
    public ReadOnlyMemory<int> Validation { get; init; }

    /// <summary>Where to keep the training's state between epochs, and to go on from; null for nowhere.</summary>
    public TrainingCheckpoint? Checkpoint { get; init; }

    /// <summary>Told what the training is about to allocate; returns when there is room. Null: there always is.</summary>
    public Action<long>? Reserve { get; init; }

    /// <summary>Stop after this epoch, though more were asked for; its checkpoint, if it has one, is kept. Null: go on to the end.</summary>
    public int? StopAfter { get; init; }

    /// <summary>Refuses what does not fit the memory budget.</summary>
    /// <exception cref="UserErrorException"><paramref name="bytes"/> exceeds the budget.</exception>
    public void RequireMemory(string method, long bytes)
    {
        if (bytes > MemoryBytes)
        {
            throw new UserErrorException(
                $"{method} needs {bytes / 1e9:0.00} GB, the memory budget is {MemoryBytes / 1e9:0.00} GB: raise `memory` or drop this row");
        }

        Reserve?.Invoke(bytes);
    }
}
