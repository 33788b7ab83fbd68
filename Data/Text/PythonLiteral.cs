using System.Globalization;
using System.Text;

namespace Data.Text;

/// <summary>
/// Reads texts, and lists or tuples of them, as Python's <c>repr</c> writes them: <c>['USER', "it's"]</c>. Both kinds of quotes, and every escape of
/// a literal but <c>\N{...}</c>. The source is UTF-8 that has been checked.
/// </summary>
internal ref struct PythonLiteral
{
    private readonly ReadOnlySpan<byte> source;
    private int at;

    private PythonLiteral(ReadOnlySpan<byte> source) => this.source = source;

    /// <summary>A list of texts; an empty field is an empty list, as pandas writes one that is missing.</summary>
    /// <returns>null if it is none</returns>
    public static List<string>? Texts(ReadOnlySpan<byte> source)
    {
        var literal = new PythonLiteral(source);
        literal.SkipBlanks();
        var texts = new List<string>();
        return literal.AtEnd || (literal.ReadTexts(texts) && literal.Ends()) ? texts : null;
    }

    /// <summary>A list of lists of texts; an empty field is an empty list.</summary>
    /// <returns>null if it is none</returns>
    public static List<List<string>>? Lists(ReadOnlySpan<byte> source)
    {
        var literal = new PythonLiteral(source);
        literal.SkipBlanks();
        var lists = new List<List<string>>();
        return literal.AtEnd || (literal.ReadLists(lists) && literal.Ends()) ? lists : null;
    }

    private readonly bool AtEnd => at == source.Length;

    private bool Ends()
    {
        SkipBlanks();
        return AtEnd;
    }

    private bool ReadTexts(List<string> texts)
    {
        if (Opening() is not { } closing)
            return false;
        while (!Take(closing))
        {
            if (ReadText() is not { } text)
                return false;
            texts.Add(text);
            if (!Take(',') && !Sees(closing))
                return false;
        }

        return true;
    }

    private bool ReadLists(List<List<string>> lists)
    {
        if (Opening() is not { } closing)
            return false;
        while (!Take(closing))
        {
            var texts = new List<string>();
            if (!ReadTexts(texts))
                return false;
            lists.Add(texts);
            if (!Take(',') && !Sees(closing))
                return false;
        }

        return true;
    }

    private char? Opening() => Take('[') ? ']' : Take('(') ? ')' : null;

    private bool Sees(char expected)
    {
        SkipBlanks();
        return !AtEnd && source[at] == expected;
    }

    private bool Take(char expected)
    {
        bool seen = Sees(expected);
        at += seen ? 1 : 0;
        return seen;
    }

    private void SkipBlanks()
    {
        while (!AtEnd && source[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
    }

    private string? ReadText()
    {
        SkipBlanks();
        if (AtEnd || source[at] is not ((byte)'\'' or (byte)'"'))
            return null;
        byte quote = source[at++];
        StringBuilder? escaped = null;
        while (true)
        {
            ReadOnlySpan<byte> rest = source[at..];
            int length = rest.IndexOfAny(quote, (byte)'\\');
            if (length < 0)
                return null;
            at += length + 1;
            string plain = Encoding.UTF8.GetString(rest[..length]);
            if (rest[length] == quote)
                return escaped is null ? plain : WellFormed(escaped.Append(plain).ToString());
            escaped = (escaped ?? new StringBuilder()).Append(plain);
            if (!ReadEscape(escaped))
                return null;
        }
    }

    /// <summary>What follows a backslash.</summary>
    private bool ReadEscape(StringBuilder text)
    {
        if (AtEnd)
            return false;
        byte kind = source[at++];
        switch (kind)
        {
            case (byte)'x': return ReadCode(2, text);
            case (byte)'u': return ReadCode(4, text);
            case (byte)'U': return ReadCode(8, text);
            case >= (byte)'0' and <= (byte)'7':
                int octal = kind - '0';
                for (int digits = 1; digits < 3 && !AtEnd && source[at] is >= (byte)'0' and <= (byte)'7'; digits++)
                    octal = (octal * 8) + source[at++] - '0';
                text.Append((char)octal);
                return true;
            case (byte)'\n': return true; // A line that goes on.
            default:
                int known = "\\'\"abfnrtv"u8.IndexOf(kind);

                // Python keeps the backslash of an escape that it does not know; the letter follows as any other.
                if (known >= 0)
                    text.Append("\\'\"\a\b\f\n\r\t\v"[known]);
                else
                    (_, at) = (text.Append('\\'), at - 1);
                return true;
        }
    }

    private bool ReadCode(int digits, StringBuilder text)
    {
        if (source.Length - at < digits
            || !uint.TryParse(source.Slice(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)
            || code > 0x10FFFF)
        {
            return false;
        }

        at += digits;
        if (code <= char.MaxValue)
            text.Append((char)code);
        else
            text.Append(char.ConvertFromUtf32((int)code));
        return true;
    }

    /// <summary>Halves of pairs that stand alone, which Python can hold and UTF-8 cannot, become U+FFFD.</summary>
    private static string WellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }
}
