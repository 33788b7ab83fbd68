using Evaluation.Metrics;
using Trainers.Options;
using Workbench.Experiments;

namespace Workbench.Stages;

/// <summary>What is measured, by the names that the evaluation and the reports use.</summary>
internal static class ReportedMetrics
{
    /// <summary>Targets that had been mentioned before, per item: a table of their own, where seen items are ranked.</summary>
    internal const string Repeated = "repeated";

    internal static IReadOnlyList<string> Protocols(Experiment experiment) =>
        [.. experiment.Evaluation.Protocols.Select(protocol => OptionName.OfMember(protocol))];

    /// <summary>Columns by cut-off, then metric, as the paper's tables have them.</summary>
    internal static IReadOnlyList<string> Names(Experiment experiment) =>
        [.. from k in experiment.Evaluation.Cutoffs from metric in experiment.Evaluation.Metrics select MetricCatalog.NameAt(metric, k)];
}
