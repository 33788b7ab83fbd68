using Evaluation.Protocols;

namespace Evaluation;

/// <summary>What a row is worth.</summary>
/// <param name="Holdout">what it was judged on, with the counts of what is no unit</param>
/// <param name="EmptyLists">queries with a target whose list is empty: they count, as misses</param>
/// <param name="ShortLists">queries with a target whose list is shorter than the greatest cut-off, the empty ones among them</param>
/// <param name="Protocols">in the order of the plan</param>
/// <param name="Bands">in the order of the plan; empty without popularity counts</param>
/// <param name="Lists">one per cut-off, over the lists of all queries</param>
public sealed record EvaluationResult(
    Holdout Holdout,
    int EmptyLists,
    int ShortLists,
    IReadOnlyList<ProtocolResult> Protocols,
    IReadOnlyList<BandResult> Bands,
    IReadOnlyList<ListMeasures> Lists)
{
    /// <param name="protocol">name in <see cref="ProtocolCatalog"/></param>
    /// <exception cref="EvaluationException">It was not in the plan.</exception>
    public ProtocolResult this[string protocol] => Protocols.FirstOrDefault(result => result.Protocol == protocol)
        ?? throw new EvaluationException($"the protocol `{protocol}` was not evaluated");
}
