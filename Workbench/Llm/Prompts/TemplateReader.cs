using System.Text;
using System.Text.RegularExpressions;
using Trainers;
using Trainers.Options;

namespace Workbench.Llm.Prompts;

/// <summary>
/// Reads a template: the sections [TASK], [FORMAT] and [CONTEXT], each once, in the order in which they are sent, their names on lines
/// of their own; <c>{titles}</c>, <c>{context}</c> and <c>{mentioned}</c> in the text; <c>{{</c> and <c>}}</c> for braces. Mistakes have file:line:column.
/// </summary>
internal sealed partial class TemplateReader(string file)
{
    private static readonly string[] Sections = ["TASK", "FORMAT", "CONTEXT"];

    private readonly List<(string Name, List<(int Line, string Text)> Lines)> _sections = [];

    /// <exception cref="UserErrorException">The text is no template.</exception>
    public static IReadOnlyList<TemplatePart> Read(string text, string file) => new TemplateReader(file).Read(text);

    private List<TemplatePart> Read(string text)
    {
        Divide(text.ReplaceLineEndings("\n").Split('\n'));
        string[] missing = [.. Sections.Where(name => !_sections.Any(section => section.Name == name))];
        if (missing.Length > 0)
            throw new UserErrorException($"the section [{missing[0]}] is missing: a line `[{missing[0]}]`, and below it its text", file);

        var parts = new List<TemplatePart>();
        foreach ((string name, List<(int Line, string Text)> lines) in _sections)
        {
            if (parts.Count > 0)
                parts.Add(new TemplatePart("\n"));
            AddSection(parts, name, lines);
        }

        RequireUsed(parts);
        return parts;
    }

    private void Divide(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            Match header = Header().Match(lines[i]);
            if (header.Success)
            {
                string name = header.Groups[1].Value;
                if (!Sections.Contains(name))
                    throw Error($"there is no section [{name}]{DidYouMean(name, Sections)} (known: [TASK], [FORMAT], [CONTEXT])", i + 1, 1);
                if (_sections.Any(section => section.Name == name))
                    throw Error($"the section [{name}] is given twice: keep one of them", i + 1, 1);
                _sections.Add((name, []));
            }
            else if (_sections.Count > 0)
                _sections[^1].Lines.Add((i + 1, lines[i]));
            else if (!string.IsNullOrWhiteSpace(lines[i]))
                throw Error("text before the first section: begin with a line [TASK]", i + 1, 1);
        }
    }

    /// <summary>Blank lines around a section's text are left out.</summary>
    private void AddSection(List<TemplatePart> parts, string name, List<(int Line, string Text)> lines)
    {
        int first = lines.FindIndex(line => !string.IsNullOrWhiteSpace(line.Text));
        int last = lines.FindLastIndex(line => !string.IsNullOrWhiteSpace(line.Text));
        if (first < 0)
            throw new UserErrorException($"the section [{name}] is empty", file);
        for (int i = first; i <= last; i++)
        {
            AddLine(parts, lines[i].Text, lines[i].Line);
            if (i < last)
                parts.Add(new TemplatePart("\n"));
        }
    }

    private void AddLine(List<TemplatePart> parts, string text, int line)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
                plain.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == text[i])
                plain.Append(text[i++]);
            else
            {
                int end = text[i] == '{' ? text.IndexOf('}', i) : -1;
                if (end < 0)
                    throw Error($"`{text[i]}` alone: a placeholder is written {{name}}, a brace {{{{ or }}}}", line, i + 1);
                Placeholder named = Named(text[(i + 1)..end], line, i + 1);
                parts.Add(new TemplatePart(plain.ToString()));
                parts.Add(new TemplatePart("", named));
                plain.Clear();
                i = end;
            }
        }

        parts.Add(new TemplatePart(plain.ToString()));
    }

    private Placeholder Named(string name, int line, int column)
    {
        string[] known = [.. Enum.GetValues<Placeholder>().Select(OptionName.OfMember)];
        int found = Array.IndexOf(known, name);
        return found >= 0
            ? Enum.GetValues<Placeholder>()[found]
            : throw Error($"there is no placeholder {{{name}}}{DidYouMean(name, known)} (known: {string.Join(", ", known.Select(one => $"{{{one}}}"))})", line, column);
    }

    private void RequireUsed(List<TemplatePart> parts)
    {
        if (!parts.Any(part => part.Filled is Placeholder.Context or Placeholder.Mentioned))
            throw new UserErrorException("neither {context} nor {mentioned} stands in it: every turn would be asked the same", file);
        if (!parts.Any(part => part.Filled is Placeholder.Titles))
            throw new UserErrorException("{titles} does not stand in it: say how many titles are asked for, the option `titles` fills it in", file);
    }

    private static string DidYouMean(string name, string[] known) => NearestName.Of(name, known) is { } near ? $"; did you mean `{near}`?" : "";

    private UserErrorException Error(string what, int line, int column) => new(what, file, line, column);

    [GeneratedRegex(@"^\s*\[([A-Za-z]+)\]\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
