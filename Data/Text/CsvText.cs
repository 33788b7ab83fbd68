using System.Text;

namespace Data.Text;

/// <summary>Writes CSV as RFC 4180 has it: comma, double quotes where needed, quotes doubled inside, line breaks allowed inside quotes. <see cref="RecordReader"/> reads it.</summary>
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
}
