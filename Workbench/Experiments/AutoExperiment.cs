using System.Text;
using Data;

namespace Workbench.Experiments;

/// <summary>An experiment that searches every method which a dataset has something for.</summary>
public static class AutoExperiment
{
    /// <summary>YAML that reads back without errors; LF line ends.</summary>
    /// <param name="name">of the experiment</param>
    /// <param name="path">of the linked folder</param>
    /// <param name="dataset">what it holds</param>
    /// <param name="objective">e.g. <c>ndcg@10</c></param>
    /// <param name="budget">of time, e.g. <c>30m</c></param>
    public static string Of(string name, string path, LinkedDataset dataset, string objective, string budget)
    {
        bool spoken = dataset.Turns.Any(turn => turn.Split == Split.Test) && dataset.Turns.Any(turn => turn.Split == Split.Validation);
        bool rated = dataset.Ratings.Count > 0;
        string[] models = spoken ? [.. dataset.Replies.Keys.Order(StringComparer.Ordinal)] : [];
        var text = new StringBuilder();
        text.Append("# Written by `workbench auto`: every method with its default search space, chosen on validation within the budget.\n");
        text.Append("# `workbench explain` says what it would run; options can be given values, or other ranges, entry by entry.\n");
        text.Append("name: ").Append(name).Append('\n');
        text.Append("task: ").Append(spoken ? "conversation" : "next-item").Append('\n');
        text.Append("dataset: { path: '").Append(path.Replace("'", "''", StringComparison.Ordinal)).Append("' }\n");
        text.Append("objective: ").Append(objective).Append('\n');
        text.Append("budget: { time: ").Append(budget).Append(" }\n");
        text.Append("search: { sampler: tpe, halving: { min_epochs: 2, factor: 3 } }\n\n");
        text.Append("baselines:\n  - random\n  - most-popular\n").Append(spoken ? "  - conversational-popularity\n" : "");
        text.Append(rated ? "  - item-knn: auto\n  - ease: auto\n" : "").Append("trainers: auto\n");
        if (models.Length > 0)
            text.Append("llms: [").AppendJoin(", ", models).Append("]\ncontrols: [fill-popular, fill-random]\nrerankers:\n  - max-pool\n  - softmax-pool: auto\n  - fusion\n");
        return text.ToString();
    }
}
