namespace Data.Titles;

/// <summary>How far apart two keys of one title may be.</summary>
public static class TitleDistance
{
    /// <summary>Shorter keys match exactly or not at all: "Her" is not "Hero".</summary>
    public const int ShortestKey = 5;

    /// <summary>The greatest distance that any length allows.</summary>
    public const int Most = 3;

    /// <summary>
    /// About one edit in five letters if the years agree; stricter if one side names no year, as then nothing else speaks for the match.
    /// </summary>
    /// <param name="length">letters of the shorter key, without spaces</param>
    /// <param name="sameYear">both sides name the same year</param>
    public static int Allowed(int length, bool sameYear) => (sameYear, length) switch
    {
        (_, < ShortestKey) => 0,
        (true, < 9) => 1,
        (true, < 18) => 2,
        (true, _) => Most,
        (false, < 8) => 0,
        (false, < 14) => 1,
        (false, _) => 2,
    };

    /// <summary>The digits of both keys in order are the same: they number sequels and name years.</summary>
    internal static bool SameDigits(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < a.Length && !char.IsDigit(a[i]))
                i++;
            while (j < b.Length && !char.IsDigit(b[j]))
                j++;
            if (i == a.Length || j == b.Length)
                return i == a.Length && j == b.Length;
            if (a[i++] != b[j++])
                return false;
        }
    }
}
