using Baselines;
using Evaluation.Metrics;
using Trainers;
using Workbench.Llm;
using Workbench.Reranking;
using Workbench.Reranking.Fusion;

namespace Workbench.Experiments;

/// <summary>What an experiment can name in this program.</summary>
public static class Catalogs
{
    public static ExperimentCatalogs All { get; } = new(
        BaselineCatalog.All, TrainerCatalog.All, new JoinedCatalog(RerankerCatalog.All, FittedRerankerCatalog.All), ControlCatalog.All, typeof(LlmOptions), MetricCatalog.Names);
}
