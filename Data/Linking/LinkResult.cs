namespace Data.Linking;

/// <summary>Items of ratings and conversations as one list, and where each source's items are in it.</summary>
/// <param name="Items">I items: those of the conversations in their order, then rated movies alone in theirs</param>
/// <param name="RatingItems">per source of ratings: its item rows to rows of <paramref name="Items"/>; two of its items never share one</param>
/// <param name="ConversationItems">the conversations' item rows to rows of <paramref name="Items"/>; duplicates of one movie share one</param>
/// <param name="Report">what was linked how, and what was not</param>
public sealed record LinkResult(
    IReadOnlyList<Item> Items,
    IReadOnlyList<int[]> RatingItems,
    int[] ConversationItems,
    LinkReport Report);
