namespace Trainers;

/// <summary>Learns a vector per item from interactions.</summary>
public interface IItemEmbeddingTrainer
{
    /// <summary>Deterministic in (interactions, options, seed), whatever the number of threads.</summary>
    /// <exception cref="UserErrorException">There is nothing to learn from, or the memory budget is too small.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    ItemEmbeddings Train(Interactions interactions, TrainingRun run);
}
