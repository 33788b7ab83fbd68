namespace Workbench.Llm;

/// <summary>A reply as items, with what became of its titles.</summary>
/// <param name="Items">item rows in the order of the reply; distinct from <see cref="TitleMatcher"/>; from <see cref="RecordedMatcher"/> they may repeat, and <see cref="OffCatalogue"/> holds a place</param>
/// <param name="Named">titles that the reply names</param>
/// <param name="Exact">matched by the same normalised title, the year agreeing or one of them unknown</param>
/// <param name="ByDistance">matched by edit distance</param>
/// <param name="Ambiguous">several items fit equally well: refused</param>
/// <param name="Unmatched">no item fits, or the match is off the catalogue</param>
public sealed record MatchedReply(int[] Items, int Named, int Exact, int ByDistance, int Ambiguous, int Unmatched)
{
    /// <summary>Stands in <see cref="Items"/> for a title that the publisher matched to something that is no item: it takes a rank.</summary>
    public const int OffCatalogue = -1;

    public static MatchedReply Empty { get; } = new([], 0, 0, 0, 0, 0);
}
