using System.Text.RegularExpressions;

namespace Workbench.Llm;

/// <summary>How a line of a reply begins.</summary>
internal enum ReplyLineKind
{
    Free,
    Numbered,
    Bullet,
}

/// <summary>A line of a reply without its number or bullet. Several numbers in one line make several lines.</summary>
internal readonly partial record struct ReplyLine(ReplyLineKind Kind, string Text)
{
    public static IEnumerable<ReplyLine> Split(string reply)
    {
        foreach (string raw in reply.ReplaceLineEndings("\n").Split('\n'))
        {
            string line = raw.Trim();
            if (line.Length == 0 || Asked().IsMatch(line))
                continue;
            line = Answered().Replace(line, "");
            if (TableRow.Read(line) is { } row)
            {
                if (row.Length > 0)
                    yield return new ReplyLine(ReplyLineKind.Numbered, row);
                continue;
            }

            if (Number().IsMatch(line))
            {
                foreach (string entry in RunOn(line))
                    yield return new ReplyLine(ReplyLineKind.Numbered, entry);
            }
            else if (Bullet().Match(line) is { Success: true } bullet)
                yield return new ReplyLine(ReplyLineKind.Bullet, line[bullet.Length..]);
            else if (line.Length > 0)
                yield return new ReplyLine(ReplyLineKind.Free, line);
        }
    }

    /// <summary>"1. Heat 2. Ronin 3. Up" is three entries: a number inside counts only if it is the next one.</summary>
    private static IEnumerable<string> RunOn(string line)
    {
        Match first = Number().Match(line);
        int start = first.Length, next = int.Parse(first.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture) + 1;
        foreach (Match match in Inner().Matches(line))
        {
            if (match.Index < start || match.Groups["n"].Value != next.ToString(System.Globalization.CultureInfo.InvariantCulture))
                continue;
            yield return line[start..match.Index].TrimEnd(' ', ',', ';');
            start = match.Index + match.Length;
            next++;
        }

        yield return line[start..];
    }

    [GeneratedRegex(@"^\W*(?:user|human|seeker|question)\W*:", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Asked();

    [GeneratedRegex(@"^\W*(?:system|assistant|recommender|movie recommender system)\W*:\s*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Answered();

    // "1. Heat", "1) Heat", "#1: Heat", "(1) Heat", "**1.** Heat", "1 - Heat"; not "12 Angry Men", "1922", "2:22", "(500) Days" or "300: Rise".
    [GeneratedRegex(@"^[\s*#(]*(?<n>\d{1,2})(?:[.)\]]+\**(?=\D)|:\s|\s+[-\u2013\u2014]\s+)\s*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+(?<n>\d{1,2})[.)]\s+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Inner();

    // "- Heat", "* Heat", "a) Heat"
    [GeneratedRegex(@"^(?:[-*\u2022\u2013\u2014\u25CF\u25AA+]+|[a-z]\))\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();
}
