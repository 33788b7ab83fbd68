using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;

namespace Workbench.Reports.Pages;

/// <summary>Sections of the markdown as HTML: no raw HTML gets through, tables scroll by themselves and their headings have a scope.</summary>
internal static partial class MarkdownFragment
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    [GeneratedRegex(@"<table>\n<thead>\n<tr>\n(?:<th[^>]*></th>\n)+</tr>\n</thead>\n")]
    private static partial Regex WithoutHeadings();

    [GeneratedRegex("[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]")]
    private static partial Regex NoCharacter();

    internal static string ToHtml(string markdown) => WithoutHeadings()
        .Replace(NoCharacter().Replace(Markdown.ToHtml(markdown, Pipeline), "\uFFFD").ReplaceLineEndings("\n"), "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table class=\"facts\">\n")
        .Replace("<table>", "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table class=\"wide\">", StringComparison.Ordinal)
        .Replace("</table>", "</table></div>", StringComparison.Ordinal)
        .Replace("<th>", "<th scope=\"col\">", StringComparison.Ordinal)
        .Replace("<th style", "<th scope=\"col\" style", StringComparison.Ordinal);
}
