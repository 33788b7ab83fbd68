using System.Text.RegularExpressions;

namespace Workbench.Llm;

/// <summary>Sentences in which a model says what it cannot do; the titles in them are not its recommendations.</summary>
internal static partial class Refusal
{
    public static string Without(string line) => Pattern().IsMatch(line)
        ? string.Join(' ', SentenceEnd().Split(line).Where(sentence => !Pattern().IsMatch(sentence)))
        : line;

    [GeneratedRegex(@"(?<=[.!?][""\u201D)]?)\s+(?=[\p{Lu}\u201C""])", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(
        @"\b(?:i'm sorry|i am sorry|apologi[sz]e|apologies|unfortunately|unable to|(?:can(?:no|')t|could not|couldn't|won't be able to) (?:\w+ )?(?:recommend|generate|provide|give|suggest|offer|make)|(?:do not|don't|does not|doesn't) (?:\w+ )?(?:have|contain|include|provide|seem)|not (?:enough|sufficient) information)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
