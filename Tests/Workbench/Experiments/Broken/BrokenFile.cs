using System.Text;

namespace Tests.Workbench.Experiments.Broken;

/// <summary>A file with a mistake.</summary>
/// <param name="Name">what is wrong with it, and where</param>
/// <param name="Content">its bytes</param>
/// <param name="Line">1-based, of the mistake</param>
internal sealed record BrokenFile(string Name, byte[] Content, int Line)
{
    public BrokenFile(string name, string text, int line)
        : this(name, Encoding.UTF8.GetBytes(text), line)
    {
    }
}

/// <summary>A right file by lines, and what can be done to them. Lines are 0-based here.</summary>
internal sealed class RightFile(string name, string text)
{
    public string Name { get; } = name;

    public string[] Lines { get; } = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>Lines of the form <c>key: value</c> or <c>key:</c>, list entries without the dash.</summary>
    public IEnumerable<(int Line, int Indent, string Key, string Value)> Keys =>
        from line in Enumerable.Range(0, Lines.Length)
        let body = Lines[line].TrimStart(' ', '-')
        let colon = body.IndexOf(':', StringComparison.Ordinal)
        where colon > 0 && !body.StartsWith('{') && !body.StartsWith('#')
        select (line, Lines[line].Length - body.Length, body[..colon], Uncommented(body[(colon + 1)..]));

    public string Join(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";

    /// <summary>The file with another line in place of one.</summary>
    public string With(int line, string replacement) => Join(Lines.Select((old, i) => i == line ? replacement : old));

    /// <summary>The file with another value of a key.</summary>
    public string WithValue(int line, int indent, string key, string value) => With(line, $"{Lines[line][..indent]}{key}: {value}");

    /// <summary>All lines before one.</summary>
    public string Before(int line) => line == 0 ? "" : Join(Lines.Take(line));

    /// <summary>0 beyond the end.</summary>
    public int IndentOf(int line) => line < Lines.Length ? Lines[line].Length - Lines[line].TrimStart(' ').Length : 0;

    /// <summary>The first line that is not below another.</summary>
    public int EndOf(int line)
    {
        int end = line + 1;
        while (IndentOf(end) > IndentOf(line))
            end++;
        return end;
    }

    private static string Uncommented(string value) => value.Split(" #")[0].Trim();
}
