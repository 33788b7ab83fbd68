namespace Trainers.Checkpoints;

/// <summary>A place for the state of a training between epochs. If there is a state already, the training goes on from it, and its result is the same to the bit.</summary>
/// <remarks>
/// One file, safetensors, replaced as a whole: after a crash it holds the last state that was kept. It belongs to one method with its options, seed, interactions and validation items;
/// another training is refused. The number of threads may change, and the number of epochs where nothing else depends on it. The same bits are promised
/// on processors with the same instruction sets.
/// </remarks>
/// <param name="path">the file</param>
/// <param name="every">so much time at least lies between two writes; zero: after every epoch</param>
/// <param name="keep">leave the file there when training has ended, with the state of the end; else it is removed</param>
public sealed class TrainingCheckpoint(string path, TimeSpan every, bool keep = false)
{
    public string Path => path;

    public TimeSpan Every => every;

    public bool Keep => keep;

    /// <summary>Measures <see cref="Every"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Told once, if a training goes on: after which epoch.</summary>
    public Action<int>? Resumed { get; init; }

    /// <summary>The last epoch in the file, as far as this training read or wrote it; 0 if there is none.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Removes the file, if there is one.</summary>
    public void Delete()
    {
        File.Delete(path);
        Epoch = 0;
    }
}
