using System.Globalization;
using System.Text;

namespace Workbench.Reports;

/// <summary>Any text as LaTeX that prints it, with the default fonts of pdfLaTeX.</summary>
internal static class LatexText
{
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune letter in text.EnumerateRunes())
        {
            _ = letter.Value switch
            {
                '\\' => escaped.Append("\\textbackslash{}"),
                '{' or '}' or '$' or '&' or '#' or '%' or '_' => escaped.Append('\\').Append((char)letter.Value),
                '~' => escaped.Append("\\textasciitilde{}"),
                '^' => escaped.Append("\\textasciicircum{}"),
                '<' => escaped.Append("\\textless{}"),
                '>' => escaped.Append("\\textgreater{}"),
                '|' => escaped.Append("\\textbar{}"),
                '"' => escaped.Append("\\textquotedbl{}"),
                '`' => escaped.Append("\\textasciigrave{}"),
                '±' => escaped.Append("$\\pm$"),
                '†' => escaped.Append("$\\dagger$"),
                '≥' => escaped.Append("$\\geq$"),
                '≤' => escaped.Append("$\\leq$"),
                '–' => escaped.Append("--"),
                '—' => escaped.Append("---"),
                // Two hyphens would become a dash.
                '-' => escaped.Append(escaped.Length > 0 && escaped[^1] == '-' ? "{}-" : "-"),
                < 32 => escaped.Append(' '),
                < 127 or (>= 0xC0 and <= 0x17F and not 0xD7 and not 0xF7) => escaped.Append(letter.ToString()),
                _ => escaped.Append(CultureInfo.InvariantCulture, $"[U+{letter.Value:X4}]"),
            };
        }

        return escaped.ToString();
    }

    /// <summary>For <c>\label</c>.</summary>
    internal static string Key(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
}
