using Trainers;

namespace Data.Splitting;

/// <param name="Interactions">U x I, every rating 1</param>
/// <param name="LeftOut">interactions with a rating below the least</param>
public sealed record PositiveInteractions(Interactions Interactions, long LeftOut);

/// <summary>Ratings as implicit feedback: that a user rated an item at all, or rated it well.</summary>
public static class ImplicitFeedback
{
    /// <param name="interactions">U x I; users and items keep their numbers</param>
    /// <param name="minRating">the least rating that is positive; null if each is. An interaction without a rating is positive.</param>
    public static PositiveInteractions Apply(Interactions interactions, float? minRating)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        Interactions kept = minRating is { } least
            ? InteractionSelection.Select(
                interactions, null, interactions.UserCount, null, interactions.ItemCount, (_, row) => !(interactions.Ratings[row] < least))
            : interactions;
        var ones = new float[kept.Count];
        ones.AsSpan().Fill(1);
        return new PositiveInteractions(
            new Interactions(kept.UserCount, kept.ItemCount, kept.Offsets, kept.Items, ones, kept.Times), interactions.Count - kept.Count);
    }
}
