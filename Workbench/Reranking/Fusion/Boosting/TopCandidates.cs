using Workbench.Reranking.Fusion.Fitting;

namespace Workbench.Reranking.Fusion.Boosting;

/// <summary>Keeps the best candidates of each turn: trees only put those in order. A turn that loses all its targets teaches nothing.</summary>
internal static class TopCandidates
{
    /// <param name="scores">by candidate</param>
    /// <param name="count">of each turn</param>
    internal static FittingRows Of(FittingRows rows, double[] scores, int count)
    {
        var (kept, offsets, parts) = (new List<int>(), new List<int> { 0 }, new List<int>());
        for (int turn = 0; turn < rows.Turns; turn++)
        {
            int from = rows.Offsets[turn];
            int[] best = [.. Enumerable.Range(from, rows.Offsets[turn + 1] - from).OrderByDescending(j => scores[j]).ThenBy(j => j).Take(count).Order()];
            if (!best.Any(j => rows.Relevance[j] > 0))
                continue;
            kept.AddRange(best);
            offsets.Add(kept.Count);
            parts.Add(rows.Parts[turn]);
        }

        var values = new float[kept.Count * rows.Features];
        for (int i = 0; i < kept.Count; i++)
            rows.Values.AsSpan(kept[i] * rows.Features, rows.Features).CopyTo(values.AsSpan(i * rows.Features));
        return new FittingRows(rows.Features, [.. offsets], values, new double[kept.Count], [.. kept.Select(j => rows.Relevance[j])], [.. parts]);
    }
}
