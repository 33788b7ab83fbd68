using System.Text;
using System.Text.Unicode;

namespace Data.Text;

/// <summary>Mends texts of which UTF-8 was once read as Latin-1: "Iâ\x80\x99m" for "I’m".</summary>
internal static class MisreadUtf8
{
    private const char First = '\u0080';
    private const char LastControl = '\u009F';
    private const char Last = '\u00FF';

    /// <summary>
    /// Each run of letters of Latin-1 beyond ASCII that is valid UTF-8 is read so, if one of them is a control character (U+0080 to U+009F),
    /// which nobody types.
    /// </summary>
    public static string Mend(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(First, LastControl))
            return text;
        var mended = new StringBuilder(text.Length);
        Span<char> decoded = new char[text.Length];
        for (ReadOnlySpan<char> rest = text; rest.Length > 0;)
        {
            int plain = rest.IndexOfAnyInRange(First, Last);
            plain = plain < 0 ? rest.Length : plain;
            mended.Append(rest[..plain]);
            rest = rest[plain..];
            int length = rest.IndexOfAnyExceptInRange(First, Last);
            ReadOnlySpan<char> run = length < 0 ? rest : rest[..length];
            byte[] bytes = new byte[run.Length];
            Encoding.Latin1.GetBytes(run, bytes);
            bool misread = run.ContainsAnyInRange(First, LastControl) && Utf8.IsValid(bytes);
            mended.Append(misread ? decoded[..Encoding.UTF8.GetChars(bytes, decoded)] : run);
            rest = rest[run.Length..];
        }

        return mended.ToString();
    }
}
