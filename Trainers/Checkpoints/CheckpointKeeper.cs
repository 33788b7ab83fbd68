namespace Trainers.Checkpoints;

/// <summary>Decides when a training's state is written.</summary>
internal sealed class CheckpointKeeper(TrainingCheckpoint place, TrainingIdentity identity, IEpochTraining training)
{
    private long _written = place.Clock.GetTimestamp();

    /// <summary>Brings back the state of the file, if there is one.</summary>
    /// <returns>the epoch after which it was kept; 0 if there is no file</returns>
    /// <exception cref="UserErrorException">There is something else, or the place cannot be written to.</exception>
    public int Resume(int epochs)
    {
        place.Epoch = 0;
        if (!File.Exists(place.Path))
        {
            Storage.AtomicFile.RequireWritable(place.Path);
            return 0;
        }

        int epoch = CheckpointFile.Read(place.Path, identity, training);
        if (epoch > epochs)
            throw new UserErrorException($"is a checkpoint after epoch {epoch}, but no more than {epochs} are asked for: ask for {epoch} at least, or delete it to begin anew", place.Path);
        training.StateRestored();
        place.Epoch = epoch;
        place.Resumed?.Invoke(epoch);
        return epoch;
    }

    public void EpochHasEnded(int epoch, bool isLast)
    {
        if (isLast || place.Clock.GetElapsedTime(_written) >= place.Every)
            Write(epoch);
    }

    public void TrainingHasEnded(int epoch)
    {
        if (!place.Keep)
            place.Delete();
        else if (place.Epoch != epoch)
            Write(epoch);
    }

    private void Write(int epoch)
    {
        CheckpointFile.Write(place.Path, identity, training, epoch);
        place.Epoch = epoch;
        _written = place.Clock.GetTimestamp();
    }
}
