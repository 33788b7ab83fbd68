namespace Trainers.Checkpoints;

/// <summary>What a method learns epoch by epoch. All randomness of an epoch follows from the seed, the epoch's number and the state.</summary>
internal interface IEpochTraining
{
    /// <summary>No further epoch would be of use.</summary>
    bool HasConverged => false;

    /// <param name="epoch">1-based</param>
    EpochResult RunEpoch(int epoch);

    /// <summary>Shows everything that one epoch hands to the next, always in the same order: what is shown may be read, or written to bring a training back.</summary>
    void Visit(IStateVisitor state);

    /// <summary>The state has been brought back: derives anew what follows from it.</summary>
    void StateRestored()
    {
    }
}

/// <summary>Reads or writes a training's numbers.</summary>
internal interface IStateVisitor
{
    /// <param name="name">of its own</param>
    /// <param name="values">as many whenever it is shown; float, double, int or long</param>
    void Visit<T>(string name, Span<T> values)
        where T : unmanaged;
}

/// <summary>What an epoch has come to.</summary>
/// <param name="Loss">of the epoch</param>
/// <param name="Work">what it has worked through</param>
/// <param name="Validation">of held-out data, if the method looks at some</param>
internal readonly record struct EpochResult(double Loss, EpochWork Work, ValidationMetric? Validation = null);
