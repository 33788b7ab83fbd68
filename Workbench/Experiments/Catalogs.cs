using Baselines;
using Evaluation.Metrics;
using Workbench.Llm;
using Workbench.Llm.Embeddings;
using Workbench.Reranking;
using Workbench.Reranking.Fusion;

namespace Workbench.Experiments;

/// <summary>What an experiment can name in this program.</summary>
public static class Catalogs
{
    public static ExperimentCatalogs All { get; } = new(
        BaselineCatalog.All, EmbeddingCatalog.All, new JoinedCatalog(RerankerCatalog.All, FittedRerankerCatalog.All), ControlCatalog.All, typeof(LlmOptions), MetricCatalog.Names);
}
