namespace Evaluation.Export;

/// <summary>Targets as TREC relevance judgements: <c>query 0 item 1</c>. trec_eval then takes its means over queries, as per-turn and next-item do.</summary>
public static class TrecQrels
{
    /// <summary>Writes the targets within the catalogue, each once per query; a query without any has no line, and is no unit there either.</summary>
    /// <param name="path">is replaced, whole or not at all</param>
    /// <param name="holdout">Q queries over I items</param>
    /// <param name="itemIds">I ids</param>
    /// <exception cref="EvaluationException">An id has white space in it or stands twice.</exception>
    public static void Write(string path, Holdout holdout, IReadOnlyList<string> itemIds)
    {
        ArgumentNullException.ThrowIfNull(holdout);
        if (itemIds.Count != holdout.ItemCount)
            throw new ArgumentException($"{itemIds.Count} item ids are not those of {holdout.ItemCount} items.", nameof(itemIds));
        TrecId.Check("query", holdout.QueryIds);
        TrecId.Check("item", itemIds);
        AtomicFile.Write(path, writer =>
        {
            for (int q = 0; q < holdout.QueryCount; q++)
            {
                foreach (int target in holdout.Targets[q].Distinct())
                    writer.Write($"{holdout.QueryIds[q]} 0 {itemIds[target]} 1\n");
            }
        });
    }
}
