using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Data.Titles;

/// <summary>The words of a folded title, in the spelling that keys use.</summary>
internal static class TitleWords
{
    private static readonly FrozenDictionary<string, string> Spelling = new Dictionary<string, string>
    {
        ["versus"] = "vs",
        ["doctor"] = "dr",
        ["mister"] = "mr",
        ["saint"] = "st",
        ["volume"] = "vol",
        ["pt"] = "part",
        ["one"] = "1",
        ["two"] = "2",
        ["three"] = "3",
        ["four"] = "4",
        ["five"] = "5",
        ["six"] = "6",
        ["seven"] = "7",
        ["eight"] = "8",
        ["nine"] = "9",
        ["ten"] = "10",
        ["eleven"] = "11",
        ["twelve"] = "12",
        ["thirteen"] = "13",
        ["ii"] = "2",
        ["iii"] = "3",
        ["iv"] = "4",
        ["vi"] = "6",
        ["vii"] = "7",
        ["viii"] = "8",
        ["ix"] = "9",
        ["xi"] = "11",
        ["xii"] = "12",
        ["xiii"] = "13",
        ["xiv"] = "14",
        ["xv"] = "15",
    }.ToFrozenDictionary();

    /// <summary>After these, "I", "V" and "X" are numbers.</summary>
    private static readonly FrozenSet<string> Counted = new[] { "part", "episode", "chapter", "vol", "book", "act" }.ToFrozenSet();

    /// <param name="folded">lower case, without accents</param>
    public static List<string> Of(string folded)
    {
        List<(string Word, bool EndsSegment)> words = MergeSingleLetters(Divide(folded));

        // An article before another one stays ("The A-Team", "La La Land"): otherwise the key of a key would lose that too.
        if (words.Count > 1 && Articles.IsDropped(words[0].Word) && !Articles.IsDropped(words[1].Word))
            words.RemoveAt(0);

        var spelt = new List<string>(words.Count);
        for (int i = 0; i < words.Count; i++)
        {
            (string word, bool endsSegment) = words[i];
            bool first = i == 0, last = i == words.Count - 1;
            word = word switch
            {
                "n" when !first && !last => "and",
                "i" when Follows() => "1",
                "v" when Follows() || (!first && (last || endsSegment)) => "5",
                "v" when !first => "vs",
                "x" when Follows() => "10",
                // A number that is the whole title stays: "Nine" and "9" are two films of one year.
                _ when words.Count == 1 => word,
                _ => Spelling.GetValueOrDefault(word, word),
            };

            // "Part 2" is "2": sequels are named both ways.
            if (char.IsAsciiDigit(word[0]))
            {
                while (spelt.Count > 0 && spelt[^1] == "part")
                    spelt.RemoveAt(spelt.Count - 1);
            }

            spelt.Add(word);

            bool Follows() => spelt.Count > 0 && Counted.Contains(spelt[^1]);
        }

        return spelt;
    }

    /// <summary>Words, each with whether a colon, a dash or a parenthesis follows it.</summary>
    private static List<(string Word, bool EndsSegment)> Divide(string folded)
    {
        var words = new List<(string Word, bool EndsSegment)>();
        var word = new StringBuilder();
        for (int i = 0; i < folded.Length; i++)
        {
            char c = folded[i];
            if (LetterFolding.IsWord(c))
                word.Append(c);
            else if (c == '\'' && word.Length == 1 && word[0] == 'l')
                word.Clear(); // l'avventura: the French and Italian article
            else if (c == '\'' || (c == ',' && BetweenDigits(i)))
                continue;
            else
            {
                End();
                if (c is '&' or '+')
                    words.Add(("and", false));
                else if (c is ':' or '(' or ')' or '[' or '/' or ';' or '\u2013' or '\u2014' || (c == '-' && i > 0 && folded[i - 1] == ' '))
                    MarkEnd();
            }
        }

        End();

        // "+" and "&" at either end join nothing.
        while (words.Count > 1 && words[^1].Word == "and" && folded.TrimEnd()[^1] is '&' or '+')
            words.RemoveAt(words.Count - 1);
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add((word.ToString(), false));
            word.Clear();
        }

        void MarkEnd()
        {
            if (words.Count > 0)
                words[^1] = words[^1] with { EndsSegment = true };
        }

        bool BetweenDigits(int i) => i > 0 && i + 1 < folded.Length && char.IsAsciiDigit(folded[i - 1]) && char.IsAsciiDigit(folded[i + 1]);
    }

    /// <summary>"L.A." is "la" and "M*A*S*H" is "mash": a run of single letters is one word.</summary>
    private static List<(string Word, bool EndsSegment)> MergeSingleLetters(List<(string Word, bool EndsSegment)> words)
    {
        var merged = new List<(string Word, bool EndsSegment)>(words.Count);
        for (int i = 0; i < words.Count; i++)
        {
            int end = i;
            while (end < words.Count && IsSingle(words[end].Word))
                end++;
            if (end - i < 2)
            {
                merged.Add(words[i]);
                continue;
            }

            merged.Add((string.Concat(words[i..end].Select(letter => letter.Word)), words[end - 1].EndsSegment));
            i = end - 1;
        }

        return merged;

        static bool IsSingle(string word) => word.Length == 1 && !char.IsDigit(word, 0) && CharUnicodeInfo.GetUnicodeCategory(word, 0) == UnicodeCategory.LowercaseLetter;
    }
}
