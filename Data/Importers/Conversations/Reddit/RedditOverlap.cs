namespace Data.Importers.Conversations.Reddit;

/// <summary>
/// Finds turns to predict that stand in a split to learn from as well. Turns of He et al. (2023) and the whole corpus were divided each for itself,
/// and have no ids in common: threads are compared by how their first post begins.
/// </summary>
internal static class RedditOverlap
{
    private const int Most = 100;

    // Shorter beginnings are anybody's: "Movies like Heat?".
    private const int Fewest = 30;

    /// <summary>How many turns of one split begin as a thread of an earlier one does.</summary>
    /// <param name="turns">of all splits</param>
    /// <param name="split">the one to predict</param>
    public static int Count(IReadOnlyList<Turn> turns, Split split)
    {
        HashSet<string> learnt = [.. turns.Where(turn => turn.Split < split).Select(Beginning).OfType<string>()];
        return turns.Count(turn => turn.Split == split && Beginning(turn) is { } beginning && learnt.Contains(beginning));
    }

    /// <summary>The first letters and digits, in lower case: quoting, spaces and links are written differently.</summary>
    private static string? Beginning(Turn turn)
    {
        if (turn.Context.Count == 0)
            return null;
        Span<char> letters = stackalloc char[Most];
        int count = 0;
        foreach (char letter in turn.Context[0].Text)
        {
            if (char.IsLetterOrDigit(letter))
                letters[count++] = char.ToLowerInvariant(letter);
            if (count == Most)
                break;
        }

        return count < Fewest ? null : letters[..count].ToString();
    }
}
