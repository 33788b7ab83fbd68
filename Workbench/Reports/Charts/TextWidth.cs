namespace Workbench.Reports.Charts;

/// <summary>How wide a text is, roughly: whoever shows a drawing chooses the face. Points, at 12 points' size of a sans-serif face, rather too many than too few.</summary>
internal static class TextWidth
{
    internal static double Of(string text) => text.Sum(Of);

    private static double Of(char letter) => letter switch
    {
        'i' or 'j' or 'l' or '\'' or '.' or ',' or ':' or ';' or '|' or '!' or ' ' => 4,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' or 'I' => 5,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 11.8,
        '=' or '+' or '<' or '>' or '~' or (>= 'A' and <= 'Z') => 9.4,
        >= '\u2E80' => 12.5,
        _ => 7.6,
    };

    /// <summary>The text, or its beginning and end with an ellipsis between them: labels differ at both.</summary>
    internal static string Shorten(string text, double width)
    {
        if (Of(text) <= width)
            return text;
        int head = 0, tail = text.Length;
        for (double used = Of('…'); head < tail;)
        {
            // Three letters of the head for two of the tail.
            bool fromHead = head * 2 <= (text.Length - tail) * 3;
            used += Of(fromHead ? text[head] : text[tail - 1]);
            if (used > width)
                break;
            _ = fromHead ? head++ : tail--;
        }

        // No half of a surrogate pair.
        if (head > 0 && char.IsHighSurrogate(text[head - 1]))
            head--;
        if (tail < text.Length && char.IsLowSurrogate(text[tail]))
            tail++;
        return $"{text[..head].TrimEnd()}…{text[tail..].TrimStart()}";
    }

    /// <summary>The text on one line, or on two, broken at a space where there is one; the second is shortened.</summary>
    internal static IReadOnlyList<string> Wrap(string text, double width)
    {
        if (Of(text) <= width)
            return [text];
        int fits = Enumerable.Range(1, text.Length).TakeWhile(length => Of(text[..length]) <= width).LastOrDefault(1);
        int space = text.LastIndexOf(' ', fits - 1);
        int end = space > 0 ? space : char.IsHighSurrogate(text[fits - 1]) && fits > 1 ? fits - 1 : fits;
        return [text[..end], Shorten(text[end..].TrimStart(), width)];
    }
}
