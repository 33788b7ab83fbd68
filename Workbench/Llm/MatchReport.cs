namespace Workbench.Llm;

/// <summary>What became of the titles of a model's replies, in all.</summary>
/// <param name="Replies">how many replies</param>
/// <param name="Empty">replies that name no title: refusals, chatter, nothing</param>
/// <param name="NoItem">replies of which no title was matched, those that name none included</param>
/// <param name="Named">titles</param>
/// <param name="Exact">by the same normalised title</param>
/// <param name="ByDistance">by edit distance</param>
/// <param name="Ambiguous">several items fit: refused</param>
/// <param name="Unmatched">no item fits</param>
public sealed record MatchReport(int Replies, int Empty, int NoItem, int Named, int Exact, int ByDistance, int Ambiguous, int Unmatched)
{
    /// <summary>Matched titles / named titles; 0 if none was named.</summary>
    public double MatchRate => Named == 0 ? 0 : (Exact + ByDistance) / (double)Named;

    public static MatchReport Of(IEnumerable<MatchedReply> replies)
    {
        var total = new MatchReport(0, 0, 0, 0, 0, 0, 0, 0);
        foreach (MatchedReply reply in replies)
        {
            total = new MatchReport(
                total.Replies + 1,
                total.Empty + (reply.Named == 0 ? 1 : 0),
                total.NoItem + (reply.Items.Any(item => item != MatchedReply.OffCatalogue) ? 0 : 1),
                total.Named + reply.Named,
                total.Exact + reply.Exact,
                total.ByDistance + reply.ByDistance,
                total.Ambiguous + reply.Ambiguous,
                total.Unmatched + reply.Unmatched);
        }

        return total;
    }
}
