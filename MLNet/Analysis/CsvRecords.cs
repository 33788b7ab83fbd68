using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>
/// The records of separated values, fields trimmed. A field that starts with a quote may hold separators, line ends and
/// doubled quotes; elsewhere a quote is a character as any other. Blank lines are no records.
/// </summary>
internal static class CsvRecords
{
    public static IEnumerable<string[]> Read(TextReader reader, char separator)
    {
        for (int line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;

            var fields = new List<string>();
            for (int at = 0; at <= text.Length;)
            {
                int start = at + (text.Length - at - text.AsSpan(at).TrimStart(' ').Length);
                if (start < text.Length && text[start] == '"')
                    at = Quoted(ref text, start + 1, fields);
                else
                    at = Plain(text, at, fields);
            }

            yield return [.. fields];

            int Plain(string text, int start, List<string> fields)
            {
                int end = text.IndexOf(separator, start);
                fields.Add((end < 0 ? text[start..] : text[start..end]).Trim());
                return end < 0 ? text.Length + 1 : end + 1;
            }

            int Quoted(ref string text, int start, List<string> fields)
            {
                var field = new StringBuilder();
                int first = line;
                for (int i = start; ; i++)
                {
                    if (i == text.Length)
                    {
                        text += "\n" + (reader.ReadLine() ?? throw new FormatException($"Line {first}: a quote is not closed."));
                        line++;
                    }

                    if (text[i] != '"')
                    {
                        field.Append(text[i]);
                    }
                    else if (i + 1 < text.Length && text[i + 1] == '"')
                    {
                        field.Append('"');
                        i++;
                    }
                    else
                    {
                        int end = text.IndexOf(separator, i);
                        if (!string.IsNullOrWhiteSpace(end < 0 ? text[(i + 1)..] : text[(i + 1)..end]))
                            throw new FormatException($"Line {line}: there is text after a quote.");
                        fields.Add(field.ToString().Trim());
                        return end < 0 ? text.Length + 1 : end + 1;
                    }
                }
            }
        }
    }
}
