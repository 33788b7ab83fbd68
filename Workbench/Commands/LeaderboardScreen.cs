using Spectre.Console;
using Workbench.Reports;

namespace Workbench.Commands;

/// <summary>The final table in the terminal.</summary>
internal static class LeaderboardScreen
{
    internal static void Show(Leaderboard leaderboard, string folder)
    {
        string protocol = leaderboard.Protocols[0];
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("row").AddColumn("kind");
        foreach (string metric in leaderboard.Metrics)
            table.AddColumn(new TableColumn(metric).RightAligned());
        table.AddColumn(new TableColumn("s").RightAligned());
        foreach (LeaderboardRow row in leaderboard.Rows)
        {
            IEnumerable<string> cells = row.Status == LeaderboardRow.Ok
                ? leaderboard.Metrics.Select(metric => Cell(leaderboard, protocol, metric, row))
                : leaderboard.Metrics.Select((_, i) => i == 0 ? "[red]failed[/]" : "");
            table.AddRow([Markup.Escape(row.Row), row.Kind, .. cells, Reports.Cell.Seconds(row.Seconds)]);
        }

        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 240;
        AnsiConsole.MarkupLine($"[bold]{Markup.Escape(leaderboard.Name)}[/]{(leaderboard.Dataset.Synthetic ? " [yellow](synthetic data)[/]" : "")}, {protocol}");
        AnsiConsole.Write(table);
        foreach (LeaderboardRow row in leaderboard.Rows.Where(row => row.Error is not null))
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(row.Row)}[/]: {Markup.Escape(row.Error!)}");
        CommandLine.Say($"report: {Path.Combine(folder, "leaderboard.md")}");
    }

    private static string Cell(Leaderboard leaderboard, string protocol, string metric, LeaderboardRow row)
    {
        double mean = row.Metrics[protocol][metric].Mean;
        string number = Reports.Cell.Number(mean);
        return mean == leaderboard.Best(protocol, metric)!.Metrics[protocol][metric].Mean ? $"[bold green]{number}[/]" : number;
    }
}
