using Trainers;

namespace Baselines;

/// <summary>A method without training in epochs: counts, neighbours, a closed form.</summary>
public interface IBaseline
{
    /// <summary>Deterministic in (interactions, options, seed), whatever the number of threads. Interactions are positives, whatever their rating.</summary>
    /// <returns>
    /// Scores with every item of <paramref name="interactions"/>, finite, higher is better; ties are left to the evaluator. Safe from several
    /// threads. An item that occurs more than once in a history counts once.
    /// </returns>
    /// <exception cref="UserErrorException">There is nothing to learn from, or the memory budget is too small.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    IHistoryScorer Fit(Interactions interactions, TrainingRun run);
}
