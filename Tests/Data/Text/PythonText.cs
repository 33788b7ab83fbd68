using System.Globalization;
using System.Text;

namespace Tests.Data.Text;

/// <summary>Writes texts as Python's <c>repr</c> does.</summary>
internal static class PythonText
{
    public static string Repr(params IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Repr))}]";

    private static string Repr(string text)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var literal = new StringBuilder().Append(quote);
        foreach (Rune rune in text.EnumerateRunes())
        {
            literal.Append(rune.Value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\\' => "\\\\",
                _ when rune.Value == quote => "\\" + quote,
                < 32 or (>= 0x7F and < 0xA0) => FormattableString.Invariant($"\\x{rune.Value:x2}"),
                _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format => FormattableString.Invariant($"\\u{rune.Value:x4}"),
                _ => rune.ToString(),
            });
        }

        return literal.Append(quote).ToString();
    }
}
