using System.Text.RegularExpressions;
using Workbench.Reports;

namespace Tests.Workbench.Reports;

/// <summary>The tables are LaTeX whatever labels say: braces and environments balance, cells are as many as columns, nothing special is left unescaped.</summary>
public sealed class LeaderboardTexTests
{
    [Theory]
    [InlineData("50 % & more", "50 \\% \\& more")]
    [InlineData("a_b^c~d", "a\\_b\\textasciicircum{}c\\textasciitilde{}d")]
    [InlineData("\\input{x} $#", "\\textbackslash{}input\\{x\\} \\$\\#")]
    [InlineData("<a|b> \"q\" `", "\\textless{}a\\textbar{}b\\textgreater{} \\textquotedbl{}q\\textquotedbl{} \\textasciigrave{}")]
    [InlineData("x--y", "x-{}-y")]
    [InlineData("Amélie ± 七\n", "Amélie $\\pm$ [U+4E03] ")]
    public void Every_text_is_printed_as_it_is(string text, string tex) => Assert.Equal(tex, LatexText.Escape(text));

    [Fact]
    public void Structure_is_sound_for_every_leaderboard()
    {
        foreach (Leaderboard board in (Leaderboard[])[SampleLeaderboard.Make(), HostileLeaderboard.Of(95, i => 1.0 / (i + 2)), HostileLeaderboard.Of(8, _ => double.NaN)])
        {
            string tex = LeaderboardTex.Write(board);
            string[] lines = [.. tex.Split('\n').Where(line => !line.StartsWith('%'))];
            int tables = (board.Rows.Count + 29) / 30 * board.Protocols.Count;
            foreach (string mark in (string[])["\\begin{table}", "\\end{table}", "\\begin{tabular}", "\\end{tabular}", "\\toprule", "\\bottomrule", "\\caption{"])
                Assert.Equal(tables, lines.Count(line => line.Contains(mark, StringComparison.Ordinal)));
            string bare = Regex.Replace(string.Join('\n', lines), @"\\[\\{}$&#%_]", "");
            Assert.Equal(bare.Count(letter => letter == '{'), bare.Count(letter => letter == '}'));
            Assert.Equal(0, bare.Count(letter => letter == '$') % 2);
            Assert.DoesNotContain('#', bare);
            Assert.DoesNotContain('"', bare);
            Assert.Equal(tables, bare.Count(letter => letter == '%'));
            string[] rows = [.. lines.Where(line => line.EndsWith("\\\\", StringComparison.Ordinal))];
            Assert.Equal(board.Rows.Count * board.Protocols.Count + tables, rows.Length);
            Assert.All(rows, row => Assert.Equal(row.Contains("\\multicolumn", StringComparison.Ordinal) ? 1 : board.Metrics.Count, Regex.Count(row, @"(?<!\\)&")));
            Assert.Equal(tables, Regex.Matches(tex, @"\\label\{([a-z0-9:-]+)\}").Select(match => match.Groups[1].Value).Distinct().Count());
        }
    }

    [Fact]
    public void The_best_is_bold_and_what_is_like_it_is_marked()
    {
        string tex = LeaderboardTex.Write(SampleLeaderboard.Make());
        Assert.Contains("\\textbf{0.2500} {\\scriptsize", tex, StringComparison.Ordinal);
        Assert.Contains("0.2375$^\\dagger$", tex, StringComparison.Ordinal);
        Assert.Contains("\\multicolumn{2}{l}{failed}", tex, StringComparison.Ordinal);
    }
}
