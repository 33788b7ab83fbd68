namespace Workbench.Reranking.Fusion.Texts;

/// <summary>The words of what was said before a turn.</summary>
/// <remarks>Legend: a line is <c>Seeker: ...</c> or <c>Recommender: ...</c>; a line without either goes on with the one before.</remarks>
internal sealed class ConversationText
{
    private const string Seeker = "Seeker:", Recommender = "Recommender:";

    // A refusal reaches so many words to its right.
    private const int Reach = 4;

    internal ConversationText(string context)
    {
        var lines = new List<(bool Seeker, List<string> Words)>();
        foreach (string line in context.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            bool seeker = line.StartsWith(Seeker, StringComparison.Ordinal), recommender = line.StartsWith(Recommender, StringComparison.Ordinal);
            List<string> words = SpokenWords.Of(line.AsSpan(seeker ? Seeker.Length : recommender ? Recommender.Length : 0));
            if (!seeker && !recommender && lines.Count > 0)
                lines[^1].Words.AddRange(words);
            else
                lines.Add((seeker, words));
        }

        Lines = lines.Count;
        foreach ((bool seeker, List<string> words) in lines)
            All.AddRange(words);
        Terms = [.. lines.SelectMany(line => TermsOf(line.Seeker ? "s" : "r", line.Words)).Distinct()];
        Words = Distinct(All);
        SeekerWords = Distinct(lines.Where(line => line.Seeker).SelectMany(line => line.Words));
        LastWords = Distinct(lines.TakeLast(2).SelectMany(line => line.Words));
        Refused = [.. lines.Where(line => line.Seeker).SelectMany(line => After(line.Words))];
    }

    /// <summary>Utterances.</summary>
    internal int Lines { get; }

    /// <summary>All words in their order, function words too.</summary>
    internal List<string> All { get; } = [];

    /// <summary>Distinct words and pairs of neighbours, after <c>s </c> or <c>r </c> for who says them: how somebody talks.</summary>
    internal string[] Terms { get; }

    /// <summary>Distinct words that say something.</summary>
    internal string[] Words { get; }

    internal string[] SeekerWords { get; }

    /// <summary>Of the last two utterances.</summary>
    internal string[] LastWords { get; }

    /// <summary>Words shortly after the seeker's "not", "no", "don't".</summary>
    internal HashSet<string> Refused { get; }

    private static string[] Distinct(IEnumerable<string> words) => [.. words.Where(SpokenWords.IsSaid).Distinct()];

    private static IEnumerable<string> TermsOf(string role, List<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            yield return $"{role} {words[i]}";
            if (i + 1 < words.Count)
                yield return $"{role} {words[i]} {words[i + 1]}";
        }
    }

    private static IEnumerable<string> After(List<string> words)
    {
        int left = 0;
        foreach (string word in words)
        {
            if (word is "not" or "dont" or "no" or "hate" or "hated" or "never" or "isnt" or "wasnt" or "didnt")
                left = Reach;
            else if (left-- > 0)
                yield return word;
        }
    }
}
