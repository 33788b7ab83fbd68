using System.Globalization;
using System.Text;

namespace Workbench.Reports;

/// <summary>leaderboard.tex: a table per protocol for a paper, to be read by <c>\input</c>. What else it needs stands in its first lines.</summary>
public static class LeaderboardTex
{
    /// <summary>As many as fit on a page, if labels take two lines.</summary>
    private const int RowsOfTable = 30;

    /// <summary>With more metrics only the objective has its standard error: the table must be readable at the width of a page.</summary>
    private const int MostWithErrors = 4;

    private const string Head =
        """
        % \documentclass{article}
        % \usepackage[utf8]{inputenc}
        % \usepackage[T1]{fontenc}
        % \usepackage{array,booktabs,graphicx}
        % \begin{document}
        % \input{leaderboard}
        % \end{document}

        """;

    public static string Write(Leaderboard leaderboard)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        int tables = (leaderboard.Rows.Count + RowsOfTable - 1) / RowsOfTable;
        foreach (string protocol in leaderboard.Protocols)
        {
            int number = 0;
            foreach (LeaderboardRow[] rows in leaderboard.Rows.Chunk((leaderboard.Rows.Count + tables - 1) / tables))
                Table(text, leaderboard, protocol, rows, number++);
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, Leaderboard leaderboard, string protocol, LeaderboardRow[] rows, int number)
    {
        int units = leaderboard.Rows.Select(row => row.Metrics.GetValueOrDefault(protocol)?.Values.FirstOrDefault()?.N ?? 0).DefaultIfEmpty().Max();
        bool first = protocol == leaderboard.Protocols[0];
        text.Append("\n\\begin{table}[t]\n\\centering\\footnotesize\\setlength{\\tabcolsep}{4pt}\n");
        text.Append(CultureInfo.InvariantCulture, $"\\caption{{{LatexText.Escape(leaderboard.Name)}{(leaderboard.Dataset.Synthetic ? " (synthetic data)" : "")}, {LatexText.Escape(protocol)}, $n = {units}$: {(leaderboard.Metrics.Count > MostWithErrors ? $"means, that of {LatexText.Escape(leaderboard.Objective)} $\\pm$ standard error" : "mean $\\pm$ standard error")}, best in bold");
        text.Append(first && leaderboard.Rows.Any(row => row.IsLikeTheBest)
            ? string.Create(CultureInfo.InvariantCulture, $"; $\\dagger$ not distinguishable from the best by {LatexText.Escape(leaderboard.Objective)} (paired randomisation test, $p \\geq 0.05$ after Holm's correction)") : "");
        text.Append(CultureInfo.InvariantCulture, $"{(number == 0 ? "" : " (continued)")}.}}\n\\label{{tab:{LatexText.Key(leaderboard.Name)}-{LatexText.Key(protocol)}{(number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number + 1}"))}}}\n");
        text.Append(CultureInfo.InvariantCulture, $"\\resizebox{{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}}{{!}}{{%\n\\begin{{tabular}}{{>{{\\raggedright\\arraybackslash}}p{{0.5\\linewidth}}{new string('r', leaderboard.Metrics.Count)}}}\n\\toprule\n");
        text.Append(CultureInfo.InvariantCulture, $"row{string.Concat(leaderboard.Metrics.Select(metric => $" & {LatexText.Escape(metric)}"))} \\\\\n");
        string? kind = null;
        foreach (LeaderboardRow row in rows)
        {
            // A rule between kinds of rows.
            if (kind != row.Kind)
                text.Append("\\midrule\n");
            kind = row.Kind;
            text.Append(LatexText.Escape(row.Row));
            if (row.Status != LeaderboardRow.Ok)
                text.Append(CultureInfo.InvariantCulture, $" & \\multicolumn{{{leaderboard.Metrics.Count}}}{{l}}{{failed}}");
            else
                text.Append(string.Concat(leaderboard.Metrics.Select(metric => $" & {Figure(leaderboard, protocol, metric, row)}")));
            text.Append(" \\\\\n");
        }

        text.Append("\\bottomrule\n\\end{tabular}}\n\\end{table}\n");
    }

    private static string Figure(Leaderboard leaderboard, string protocol, string name, LeaderboardRow row)
    {
        RowMetric metric = row.Metrics[protocol][name];
        if (double.IsNaN(metric.Mean))
            return "--";
        string mean = LeaderboardMarkdown.IsBest(leaderboard, protocol, name, row) ? $"\\textbf{{{Cell.Number(metric.Mean)}}}" : Cell.Number(metric.Mean);
        string mark = protocol == leaderboard.Protocols[0] && name == leaderboard.Objective && row.IsLikeTheBest ? "$^\\dagger$" : "";
        bool error = leaderboard.Metrics.Count <= MostWithErrors || name == leaderboard.Objective;
        return $"{mean}{mark}{(double.IsNaN(metric.Se) || !error ? "" : $" {{\\scriptsize$\\pm$ {Cell.Number(metric.Se)}}}")}";
    }
}
