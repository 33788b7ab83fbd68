namespace Evaluation.Export;

/// <summary>TREC files divide their columns by white space, so an id has none.</summary>
internal static class TrecId
{
    /// <exception cref="EvaluationException">An id is empty, has white space in it, or stands twice.</exception>
    public static void Check(string what, IReadOnlyList<string> ids)
    {
        var seen = new HashSet<string>(ids.Count, StringComparer.Ordinal);
        foreach (string id in ids)
        {
            if (id.Length == 0 || id.Any(char.IsWhiteSpace))
                throw new EvaluationException($"the {what} id `{id}` is empty or has white space in it, which a TREC file cannot hold: export with other ids");
            if (!seen.Add(id))
                throw new EvaluationException($"the {what} id `{id}` stands twice, so a TREC file could not tell them apart");
        }
    }
}
