using System.Text;
using Trainers;

namespace Data.Storage;

/// <summary>CSV as RFC 4180 has it: comma, double quotes where needed, quotes doubled inside, line breaks allowed inside quotes.</summary>
internal static class CsvText
{
    public static void AppendField(StringBuilder line, string field)
    {
        if (!NeedsQuotes(field))
        {
            line.Append(field);
            return;
        }

        line.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    /// <summary>Spaces at the ends need no quotes by the RFC, but some readers strip them.</summary>
    public static bool NeedsQuotes(ReadOnlySpan<char> field) =>
        field.IndexOfAny(",\"\r\n") >= 0 || (field.Length > 0 && (char.IsWhiteSpace(field[0]) || char.IsWhiteSpace(field[^1])));

    /// <summary>Records with the line on which each begins. Blank lines are none.</summary>
    /// <exception cref="UserErrorException">A quote is not closed, or text follows a closing quote; both end the reading.</exception>
    public static IEnumerable<(long Line, List<string> Fields)> Records(string text, string file)
    {
        long line = 1;
        int at = 0;
        int columns = 0;
        var field = new StringBuilder();
        while (at < text.Length)
        {
            long start = line;
            var fields = new List<string>(columns);
            bool blank = text[at] is '\n' or '\r';
            while (true)
            {
                if (at < text.Length && text[at] == '"')
                {
                    field.Clear();
                    at = ReadQuoted(text, at, file, ref line, field);
                    fields.Add(field.ToString());
                }
                else
                {
                    int end = EndOfPlain(text, at);
                    fields.Add(text[at..end]);
                    at = end;
                }

                if (at >= text.Length || text[at] != ',')
                    break;
                at++;
            }

            if (at < text.Length && text[at] == '\r')
                at++;
            if (at < text.Length && text[at] == '\n')
                at++;
            line++;
            columns = fields.Count;
            if (!blank)
                yield return (start, fields);
        }
    }

    private static int EndOfPlain(string text, int at)
    {
        int length = text.AsSpan(at).IndexOfAny(',', '\n');
        int end = length < 0 ? text.Length : at + length;
        if (end > at && text[end - 1] == '\r' && (end == text.Length || text[end] == '\n'))
            end--;
        return end;
    }

    private static int ReadQuoted(string text, int at, string file, ref long line, StringBuilder field)
    {
        long opened = line;
        for (at++; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '\n')
                line++;
            if (c != '"')
            {
                field.Append(c);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else
            {
                at++;
                bool ends = at == text.Length || text[at] is ',' or '\n' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n');
                return ends ? at : throw new UserErrorException("text after a closing quote: double the quotes inside a field", file, line);
            }
        }

        throw new UserErrorException("a quoted field is not closed", file, opened);
    }
}
