using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Workbench.Experiments.Yaml;

/// <summary>Where a mistake of syntax was made, which is often some lines before the place at which a parser gives up.</summary>
/// <param name="At">the line to look at</param>
/// <param name="What">is wrong there</param>
internal sealed record SyntaxCause(Mark At, string What)
{
    /// <summary>Null if the parser's place is the best.</summary>
    /// <param name="text">all of it</param>
    /// <param name="gaveUp">the parser's place</param>
    /// <param name="message">the parser's</param>
    public static SyntaxCause? Of(string text, Mark gaveUp, string message)
    {
        (List<Token> open, Mark end) = Scan(text, gaveUp);
        if (open.Count > 0 && open[^1].Start.Line < gaveUp.Line && !IsClosedLater(text, (int)gaveUp.Index))
        {
            bool isList = open[^1] is FlowSequenceStart;
            return new SyntaxCause(open[^1].Start, isList ? "the list that begins here with `[` has no `]`" : "the mapping that begins here with `{` has no `}`");
        }

        // A key without its colon swallows the next line, and that one's colon is then one too many.
        if (!message.Contains("multiline plain scalar", StringComparison.Ordinal) || Next(text, end) is not { } start || start.Line >= gaveUp.Line)
            return null;
        string line = text[(int)start.Index..].Split('\n', 2)[0].Trim();
        return new SyntaxCause(start, $"`{OneLine.Of(line, 40)}` has no colon: a line is `key: value`");
    }

    /// <summary>The brackets that are open at a place, and where the last token before it ends.</summary>
    private static (List<Token> Open, Mark End) Scan(string text, Mark until)
    {
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        var (open, end) = (new List<Token>(), Mark.Empty);
        try
        {
            while (scanner.MoveNext() && scanner.Current is { } token && token.Start.Index < until.Index)
            {
                if (token is FlowSequenceStart or FlowMappingStart)
                    open.Add(token);
                else if (token is FlowSequenceEnd or FlowMappingEnd && open.Count > 0)
                    open.RemoveAt(open.Count - 1);
                if (token.End.Index > end.Index)
                    end = token.End;
            }
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The mistake itself: what came before is known.
        }

        return (open, end);
    }

    /// <summary>Whether the rest of a text has a bracket more that closes than open.</summary>
    private static bool IsClosedLater(string text, int from)
    {
        int depth = 1;
        for (int i = Math.Clamp(from, 0, text.Length); i < text.Length && depth > 0; i++)
            depth += text[i] is '[' or '{' ? 1 : text[i] is ']' or '}' ? -1 : 0;
        return depth == 0;
    }

    /// <summary>The first place after another that is neither blank nor in a comment.</summary>
    private static Mark? Next(string text, Mark after)
    {
        (long line, long column) = (Math.Max(1, after.Line), Math.Max(1, after.Column));
        bool comment = false;
        for (int i = (int)after.Index; i < text.Length; i++)
        {
            char letter = text[i];
            if (letter == '\n')
            {
                (line, column, comment) = (line + 1, 1, false);
                continue;
            }

            // The scanner lets a closing bracket end where it begins.
            comment |= letter == '#';
            if (!comment && !char.IsWhiteSpace(letter) && letter is not (']' or '}'))
                return new Mark(i, line, column);
            column++;
        }

        return null;
    }
}
