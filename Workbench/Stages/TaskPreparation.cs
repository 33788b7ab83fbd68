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
            ? ConversationTask.Prepare(loaded.Dataset, experiment)
            : NextItemTask.Prepare(loaded.Dataset, experiment);
    }
}
