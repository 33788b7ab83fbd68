using System.Globalization;

namespace Data;

/// <summary>What a linked dataset holds, a line each.</summary>
public static class DatasetStatistics
{
    public static IEnumerable<string> Lines(LinkedDataset dataset)
    {
        yield return dataset.Provenance.Synthetic ? $"{dataset.Name} (synthetic)" : dataset.Name;
        yield return $"fingerprint: {dataset.Provenance.Fingerprint}";
        foreach (string source in dataset.Provenance.Sources)
            yield return $"source: {source}";
        yield return Line("items", dataset.Items.Count);
        foreach (IGrouping<ItemOrigin, Item> origin in dataset.Items.GroupBy(item => item.Origin).OrderBy(group => group.Key))
            yield return Line($"  known from {Named(origin.Key)}", origin.Count());
        yield return Line("users", dataset.Ratings.UserCount);
        yield return Line("interactions", dataset.Ratings.Count);
        yield return string.Create(CultureInfo.InvariantCulture, $"density: {dataset.Ratings.Density:0.0000 %}");
        foreach (IGrouping<Split, Turn> split in dataset.Turns.GroupBy(turn => turn.Split).OrderBy(group => group.Key))
        {
            string name = split.Key.ToString().ToLowerInvariant();
            yield return Line($"{name} conversations", split.Select(turn => turn.Conversation).Distinct().Count());
            yield return Line($"{name} turns", split.Count());
            yield return Line($"  with something mentioned before", split.Count(turn => turn.Mentioned.Length > 0));
            yield return Line($"  targets", split.Sum(turn => turn.Targets.Length));
            yield return Line($"  repeated targets", split.Sum(turn => turn.Repeated.Length));
        }

        foreach ((string model, IReadOnlyList<LlmReply> replies) in dataset.Replies.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            yield return Line($"replies of {model}", replies.Count);
    }

    private static string Line(string what, long count) => string.Create(CultureInfo.InvariantCulture, $"{what}: {count:N0}");

    private static string Named(ItemOrigin origin) => origin switch
    {
        ItemOrigin.Ratings => "ratings only",
        ItemOrigin.Conversations => "conversations only",
        ItemOrigin.Both => "both",
        _ => "nowhere",
    };
}
