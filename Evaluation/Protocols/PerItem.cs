namespace Evaluation.Protocols;

/// <summary>
/// One unit per (query, target), each target judged alone with its rank in the query's list (He et al. 2023, "Large Language Models as
/// Zero-Shot Conversational Recommenders"). The query's other targets stay in the list and take their places.
/// </summary>
public sealed class PerItem : IProtocol
{
    public string Name => "per-item";

    public string Doc => "One unit per (turn, target), each judged alone by its rank in the same list.";

    public Units UnitsOf(Holdout holdout, TargetRanks ranks)
    {
        int count = holdout.TargetCount;
        var queries = new int[count];
        var targets = new int[count];
        var offsets = new int[count + 1];
        for (int q = 0; q < holdout.QueryCount; q++)
        {
            int start = holdout.TargetOffsets[q];
            holdout.Targets[q].CopyTo(targets, start);
            queries.AsSpan(start, holdout.Targets[q].Length).Fill(q);
        }

        for (int n = 0; n <= count; n++)
            offsets[n] = n;
        return new Units(queries, targets, offsets, ranks.Ranks, ranks.LastOfTie);
    }
}
