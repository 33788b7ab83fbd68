using Workbench.Reranking.Fusion.Texts;

namespace Workbench.Reranking.Fusion.Statistics;

/// <summary>What one dialogue adds to statistics: each fact once, so that a long dialogue is one.</summary>
/// <param name="Conversation">its id</param>
/// <param name="Recommended">targets of its turns</param>
/// <param name="Items">mentioned or recommended</param>
/// <param name="Following">a mentioned item, and one that was recommended after it</param>
/// <param name="Said">a word, and an item that was recommended after it</param>
/// <param name="Words">said before some recommendation</param>
/// <param name="Terms">of its longest context: see <see cref="ConversationText.Terms"/></param>
internal sealed record DialogueFacts(string Conversation, int[] Recommended, int[] Items, (int From, int To)[] Following, (string Word, int Item)[] Said, string[] Words, string[] Terms)
{
    /// <summary>By dialogue, in the order of first turns.</summary>
    internal static DialogueFacts[] Of(IEnumerable<FittingTurn> turns) =>
        [.. turns.GroupBy(turn => turn.Conversation).Select(group => OfOne(group.Key, [.. group]))];

    private static DialogueFacts OfOne(string conversation, FittingTurn[] turns)
    {
        var words = new HashSet<string>();
        var said = new HashSet<(string, int)>();
        foreach (FittingTurn turn in turns.Where(turn => turn.Targets.Length > 0))
        {
            foreach (string word in new ConversationText(turn.Context).Words)
            {
                words.Add(word);
                foreach (int item in turn.Targets)
                    said.Add((word, item));
            }
        }

        return new DialogueFacts(
            conversation,
            [.. turns.SelectMany(turn => turn.Targets).Distinct()],
            [.. turns.SelectMany(turn => turn.Mentioned.Concat(turn.Targets)).Distinct()],
            [.. (from turn in turns from one in turn.Mentioned from other in turn.Targets where one != other select (one, other)).Distinct()],
            [.. said],
            [.. words],
            new ConversationText(turns.MaxBy(turn => turn.Context.Length)!.Context).Terms);
    }
}
