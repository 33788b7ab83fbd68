using Workbench.Reranking.Fusion;

namespace Workbench.Experiments;

/// <summary>A reranker with the list and the embeddings that it works on: a row.</summary>
/// <param name="Reranker">how</param>
/// <param name="Llm">whose lists</param>
/// <param name="Embeddings">one trainer, or for a fusion all that it joins</param>
public sealed record RerankCombination(Configuration Reranker, Configuration Llm, IReadOnlyList<Configuration> Embeddings)
{
    public string Label => $"{Llm.Label} + {(IsFusion ? "" : $"{Trainer.Label}, ")}{Reranker.Label}";

    public bool IsFusion => Reranker.Options is FusionOptions;

    /// <summary>Whose embeddings it compares; of a fusion the first.</summary>
    public Configuration Trainer => Embeddings[0];

    /// <summary>The reranker's entry for this row alone.</summary>
    internal Configuration Scoped => Reranker with { Scope = new RerankerScope { Llms = [Llm.Label], Embeddings = [.. Embeddings.Select(trainer => trainer.Label)] } };

    /// <summary>The rows of one entry.</summary>
    internal static IEnumerable<RerankCombination> Of(Configuration reranker, IEnumerable<Configuration> llms, IReadOnlyList<Configuration> trainers)
    {
        Configuration[] covered = [.. trainers.Where(trainer => reranker.Scope?.CoversEmbeddings(trainer) ?? true)];
        return
            from llm in llms
            where reranker.Scope?.CoversLlm(llm) ?? true
            from embeddings in reranker.Options is FusionOptions ? [covered] : covered.Select(trainer => (Configuration[])[trainer])
            select new RerankCombination(reranker, llm, embeddings);
    }
}
