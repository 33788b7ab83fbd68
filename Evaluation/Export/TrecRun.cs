using System.Globalization;

namespace Evaluation.Export;

/// <summary>Lists as a TREC run: <c>query Q0 item rank score tag</c>.</summary>
/// <remarks>
/// trec_eval ignores the rank: it sorts by score in single precision, descending, and ties by item id, descending. So the scores of a list
/// are written as they are only if they are finite and strictly descend; otherwise every score of that list is K - rank + 1, K being its length.
/// An item that stands twice in a list keeps its first place; its second is held by <c>item#2</c>, an id that is no item, so that what comes
/// after it keeps its rank (trec_eval refuses repetitions).
/// </remarks>
public static class TrecRun
{
    /// <summary>Holds a place that no item takes.</summary>
    private const string NoItem = "#no-item";

    /// <summary>Writes the lists of all queries; an empty list has no line.</summary>
    /// <param name="path">is replaced, whole or not at all</param>
    /// <param name="rankings">Q lists over I items</param>
    /// <param name="queryIds">Q ids</param>
    /// <param name="itemIds">I ids</param>
    /// <param name="tag">the name of the row; white space in it becomes <c>-</c></param>
    /// <returns>how many lists got their scores from their ranks</returns>
    /// <exception cref="EvaluationException">An id has white space in it or stands twice.</exception>
    public static int Write(string path, Rankings rankings, IReadOnlyList<string> queryIds, IReadOnlyList<string> itemIds, string tag)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        ArgumentNullException.ThrowIfNull(tag);
        if (queryIds.Count != rankings.QueryCount || itemIds.Count != rankings.ItemCount)
            throw new ArgumentException($"{queryIds.Count} query and {itemIds.Count} item ids are not those of {rankings.QueryCount} queries over {rankings.ItemCount} items.", nameof(itemIds));
        TrecId.Check("query", queryIds);
        TrecId.Check("item", itemIds);
        string word = string.Concat(tag.Select(letter => char.IsWhiteSpace(letter) ? '-' : letter));
        int byRank = 0;
        AtomicFile.Write(path, writer =>
        {
            var times = new Dictionary<int, int>();
            for (int q = 0; q < rankings.QueryCount; q++)
            {
                int length = rankings.LengthOf(q);
                ReadOnlySpan<float> scores = rankings.ScoresOf(q)[..length];
                bool own = StrictlyDescend(scores);
                byRank += own ? 0 : 1;
                times.Clear();
                for (int i = 0; i < length; i++)
                {
                    int item = rankings.ItemsOf(q)[i];
                    string id = item == Rankings.NoItem ? NoItem : itemIds[item];
                    times[item] = times.GetValueOrDefault(item) + 1;
                    string again = times[item] == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"#{times[item]}");
                    float score = own ? scores[i] : length - i;
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"{queryIds[q]} Q0 {id}{again} {i + 1} {score:R} {word}\n"));
                }
            }
        });
        return byRank;
    }

    private static bool StrictlyDescend(ReadOnlySpan<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]) || (i > 0 && scores[i] >= scores[i - 1]))
                return false;
        }

        return true;
    }
}
