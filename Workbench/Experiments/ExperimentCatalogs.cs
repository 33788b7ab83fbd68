using Trainers.Options;

namespace Workbench.Experiments;

/// <summary>The methods that an experiment can name.</summary>
/// <param name="Baselines">of <c>baselines</c> and <c>fallback</c></param>
/// <param name="Trainers">of <c>trainers</c></param>
/// <param name="Rerankers">of <c>rerankers</c></param>
/// <param name="Controls">of <c>controls</c></param>
/// <param name="LlmOptions">the options record of every entry of <c>llms</c>, whose names are models</param>
/// <param name="Metrics">names that <c>metrics</c> and <c>objective</c> know</param>
public sealed record ExperimentCatalogs(
    ICatalog Baselines,
    ICatalog Trainers,
    ICatalog Rerankers,
    ICatalog Controls,
    Type LlmOptions,
    IReadOnlyList<string> Metrics)
{
    public const string Baseline = "baseline";
    public const string Trainer = "trainer";
    public const string Reranker = "reranker";
    public const string Control = "control";
    public const string Llm = "llm";

    internal ICatalog Of(string kind) => kind switch
    {
        Baseline => Baselines,
        Trainer => Trainers,
        Reranker => Rerankers,
        Control => Controls,
        Llm => new ModelCatalog(LlmOptions),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no catalog of this kind."),
    };
}
