using Data;
using Data.Splitting;
using Trainers;
using Workbench.Experiments;

namespace Workbench.Stages;

/// <summary>From a dataset to what the rows of a task share.</summary>
internal static class TaskPreparation
{
    /// <exception cref="UserErrorException">The dataset has nothing of what the task needs.</exception>
    internal static TaskData Prepare(LoadedDataset loaded, Experiment experiment, RunContext context)
    {
        context.Observer.StageBegins("splitting");
        return experiment.Task == TaskKind.Conversation
            ? ConversationTask.Prepare(Divided(loaded.Dataset, experiment), experiment)
            : NextItemTask.Prepare(loaded.Dataset, experiment);
    }

    /// <summary>With the dataset's own splits, or by dialogue, never by turn.</summary>
    private static LinkedDataset Divided(LinkedDataset dataset, Experiment experiment) => experiment.Split.By == SplitBy.Dialogue
        ? dataset with { Turns = ConversationSplit.ByDialogue(dataset.Turns, experiment.Split.ValidationShare!.Value, experiment.Split.TestShare!.Value, (ulong)experiment.Seeds[0]) }
        : dataset;
}
