using Evaluation.Metrics;
using Evaluation.Protocols;
using Trainers.Options;
using Workbench.Experiments;

namespace Workbench.Stages;

/// <summary>What is measured: the experiment's metrics and cut-offs, and always the objective.</summary>
internal static class ReportedMetrics
{
    internal static IReadOnlyList<string> Protocols(Experiment experiment) => experiment.Evaluation.Protocols is { } named
        ? [.. named.Select(protocol => OptionName.OfMember(protocol))]
        : experiment.Task == TaskKind.NextItem
            ? [ProtocolCatalog.NextItem.Name]
            : [ProtocolCatalog.PerItem.Name, ProtocolCatalog.PerTurn.Name];

    internal static Objective Objective(Experiment experiment) =>
        experiment.Objective ?? new Objective("ndcg", experiment.Evaluation.Cutoffs.Where(k => k <= 10).DefaultIfEmpty(experiment.Evaluation.Cutoffs.Min()).Max());

    internal static IReadOnlyList<string> Metrics(Experiment experiment) => [.. experiment.Evaluation.Metrics.Append(Objective(experiment).Metric).Distinct()];

    internal static IReadOnlyList<int> Cutoffs(Experiment experiment) => [.. experiment.Evaluation.Cutoffs.Append(Objective(experiment).Cutoff).Distinct().Order()];

    /// <summary>Columns by cut-off, then metric, as the paper's tables have them.</summary>
    internal static IReadOnlyList<string> Names(Experiment experiment) =>
        [.. from k in Cutoffs(experiment) from metric in Metrics(experiment) select MetricCatalog.NameAt(metric, k)];
}
