namespace Data.Titles;

/// <summary>How far apart two keys of one title may be.</summary>
public static class TitleDistance
{
    /// <summary>Shorter keys match exactly or not at all: "Her" is not "Hero", nor "Fargo" "Cargo".</summary>
    public const int ShortestKey = 7;

    /// <summary>Of a title as long as this, another film is hardly the plural.</summary>
    private const int LongEnough = 12;

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

    /// <summary>
    /// Whether one key can be a slip for the other: it keeps the first letter and the digits, and is not merely the plural of a short one
    /// ("The Lighthouse" is not "The Night House", "Rocky 2" not "Rocky 3", "Aliens" not "Alien").
    /// </summary>
    public static bool CanBeSlip(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        !a.IsEmpty && !b.IsEmpty && a[0] == b[0] && SameDigits(a, b) && !IsPlural(a, b) && !IsPlural(b, a);

    private static bool IsPlural(ReadOnlySpan<char> many, ReadOnlySpan<char> one) =>
        many.Length == one.Length + 1 && many.Length < LongEnough && many[^1] == 's' && many.StartsWith(one);

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
