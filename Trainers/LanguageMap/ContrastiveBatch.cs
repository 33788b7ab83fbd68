using Trainers.LeastSquares;
using Trainers.Sampling;

namespace Trainers.LanguageMap;

/// <summary>One step's users, each with one positive; negatives are shared, and a user's own items among them do not count.</summary>
/// <param name="Users">B users</param>
/// <param name="Positives">B items</param>
/// <param name="Negatives">J items, an item may come twice</param>
internal sealed record ContrastiveBatch(int[] Users, int[] Positives, int[] Negatives)
{
    /// <param name="positives">U x I</param>
    /// <param name="candidates">what negatives are drawn from, evenly: items that somebody has, as what nobody has would only ever be pushed away</param>
    /// <param name="users">B users, each with an item</param>
    /// <param name="negatives">J</param>
    /// <param name="random">of the step</param>
    public static ContrastiveBatch Draw(PositiveMatrix positives, int[] candidates, int[] users, int negatives, SplitMix64 random) => new(
        users,
        [.. users.Select(user => positives[user][random.NextInt(positives[user].Length)])],
        [.. Enumerable.Range(0, negatives).Select(_ => candidates[random.NextInt(candidates.Length)])]);
}
