namespace Trainers.Checkpoints;

/// <summary>Runs the epochs of any training: tells how it goes, stops when asked to, and, where the run has a place for it, keeps the state and goes on from there.</summary>
/// <param name="identity">what is trained</param>
/// <param name="run">its circumstances</param>
internal sealed class EpochLoop(TrainingIdentity identity, TrainingRun run)
{
    /// <summary>At most.</summary>
    public required int Epochs { get; init; }

    /// <summary>What to do when the loss is no number any more.</summary>
    public required string IfDiverged { get; init; }

    /// <exception cref="UserErrorException">It diverged, or the checkpoint cannot be read or written or is another training's.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what the epoch at work had done is lost.</exception>
    public void Run(IEpochTraining training)
    {
        CheckpointKeeper? keeper = run.Checkpoint is { } place ? new CheckpointKeeper(place, identity, training) : null;
        int epoch = keeper?.Resume(Epochs) ?? 0;
        int last = Math.Min(Epochs, run.StopAfter ?? Epochs);
        while (epoch < last && !training.HasConverged)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            EpochResult result = training.RunEpoch(++epoch);
            if (!double.IsFinite(result.Loss))
                throw new UserErrorException($"{identity.Method} diverged in epoch {epoch}: {IfDiverged}");
            run.Progress?.Report(new TrainingProgress(epoch, Epochs, result.Loss, result.Validation, result.Work));
            keeper?.EpochHasEnded(epoch, run.Cancellation.IsCancellationRequested);
            run.Cancellation.ThrowIfCancellationRequested();
        }

        keeper?.TrainingHasEnded(epoch);
    }
}
