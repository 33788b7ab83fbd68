using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Data.Titles;

/// <summary>
/// Lower case without accents, by a table of our own: the result is the same with ICU, without it, and in invariant mode.
/// </summary>
public static class LetterFolding
{
    private static readonly FrozenDictionary<char, string> Table = Rows().ToFrozenDictionary();

    /// <summary>Appends what the letter folds to: nothing for a combining accent, two letters for a ligature.</summary>
    public static void Append(char letter, StringBuilder folded)
    {
        if (letter < 0x80)
        {
            folded.Append(char.ToLowerInvariant(letter));
            return;
        }

        // Full-width forms are ASCII, moved.
        if (letter is >= '\uFF01' and <= '\uFF5E')
        {
            folded.Append(char.ToLowerInvariant((char)(letter - 0xFEE0)));
            return;
        }

        char lower = char.ToLowerInvariant(letter);
        if (Table.TryGetValue(lower, out string? replacement))
            folded.Append(replacement);
        else if (lower is not (>= '\u0300' and <= '\u036F'))
            folded.Append(lower);
    }

    /// <summary>What belongs to a word: letters, digits, and the marks that some scripts write vowels with.</summary>
    public static bool IsWord(char folded) => char.IsLetterOrDigit(folded)
        || char.GetUnicodeCategory(folded) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static IEnumerable<KeyValuePair<char, string>> Rows()
    {
        (string Folded, string Letters)[] rows =
        [
            ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
            ("ae", "æǣǽ"),
            ("b", "ḃḅḇ"),
            ("c", "çćĉċčḉ"),
            ("d", "ðďđḋḍḏḑḓ"),
            ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
            ("f", "ƒḟ"),
            ("g", "ĝğġģǧǵḡ"),
            ("h", "ĥħȟḣḥḧḩḫẖ"),
            ("i", "ìíîïĩīĭįıİǐȉȋḭḯỉị"),
            ("ij", "ĳ"),
            ("j", "ĵǰ"),
            ("k", "ķĸǩḱḳḵ"),
            ("l", "ĺļľŀłḷḹḻḽ"),
            ("m", "ḿṁṃ"),
            ("n", "ñńņňŉŋǹṅṇṉṋ"),
            ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
            ("oe", "œ"),
            ("p", "ṕṗ"),
            ("r", "ŕŗřȑȓṙṛṝṟ"),
            ("s", "śŝşšſșṡṣṥṧṩẛ"),
            ("ss", "ß"),
            ("t", "ţťŧțṫṭṯṱẗ"),
            ("th", "þ"),
            ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
            ("v", "ṽṿ"),
            ("w", "ŵẁẃẅẇẉẘ"),
            ("x", "ẋẍ"),
            ("y", "ýÿŷȳẏẙỳỵỷỹ"),
            ("z", "źżžẑẓẕ"),
            ("α", "ά"),
            ("ε", "έ"),
            ("η", "ή"),
            ("ι", "ΐίϊ"),
            ("ο", "ό"),
            ("σ", "ς"),
            ("υ", "ΰϋύ"),
            ("ω", "ώ"),
            ("г", "ѓ"),
            ("е", "ѐё"),
            ("и", "йѝ"),
            ("к", "ќ"),
            ("у", "ў"),
            ("і", "ї"),
            (" 0", "⁰₀"),
            (" 1", "¹₁"),
            (" 2", "²₂"),
            (" 3", "³₃"),
            (" 4", "⁴₄"),
            (" 5", "⁵₅"),
            (" 1 2", "½"),
            (" 1 3", "⅓"),
            (" 1 4", "¼"),
            (" 3 4", "¾"),
            (" 2 3", "⅔"),
            (" 2", "ⅱ"),
            (" 3", "ⅲ"),
            (" 4", "ⅳ"),
            // Zero-width spaces and joiners leave no trace; typographic apostrophes become the plain one.
            ("", "\u200B\u200C\u200D\uFEFF\u00AD"),
            ("'", "\u2018\u2019\u201B\u02BC\u00B4\u0060\u2032"),
        ];
        foreach ((string folded, string letters) in rows)
        {
            foreach (char letter in letters)
                yield return new(letter, folded);
        }
    }
}
