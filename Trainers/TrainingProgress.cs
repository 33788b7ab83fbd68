namespace Trainers;

/// <summary>Where a training stands.</summary>
/// <param name="Epoch">1-based, the epoch that has just ended</param>
/// <param name="Epochs">how many there will be at most</param>
/// <param name="Loss">of this epoch, if the method has one</param>
/// <param name="Validation">how good the model is on what it does not learn from, if the method looks; then it may end before the last epoch</param>
/// <param name="Work">what this epoch has worked through, if the method counts it</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, double? Loss, ValidationMetric? Validation = null, EpochWork? Work = null);

/// <summary>A metric of held-out data after an epoch.</summary>
/// <param name="Name">as reports write it, e.g. NDCG@10</param>
/// <param name="Value">the higher the better</param>
public readonly record struct ValidationMetric(string Name, double Value);

/// <summary>How much an epoch has worked through; the time it took is measured by whoever shows it.</summary>
/// <param name="Count">how many</param>
/// <param name="Unit">of what, in the plural: tokens, pairs, samples</param>
public readonly record struct EpochWork(long Count, string Unit);
