using System.Globalization;
using Spectre.Console;
using Trainers;
using Workbench.Reports;
using Workbench.Stages;

namespace Workbench.Commands;

/// <summary>Shows how a run goes: bars in a terminal, plain lines on standard error where there is none, nothing beside JSON.</summary>
internal static class RunScreen
{
    internal static RunProduct Show(bool quiet, Func<IRunObserver, RunProduct> run)
    {
        if (quiet)
            return run(new SilentObserver());
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return run(new PlainLines());

        RunProduct? product = null;
        AnsiConsole.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .Start(bars => product = run(new Bars(bars)));
        return product!;
    }

    private sealed class PlainLines : IRunObserver
    {
        public void StageBegins(string what) => Console.Error.WriteLine(what);

        public void RowBegins(string row, int number, int of)
        {
        }

        public void RowTrains(string row, TrainingProgress progress)
        {
        }

        public void RowEnds(LeaderboardRow row, int number, int of) => Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"[{number}/{of}] {row.Row}: {(row.Error is { } error ? $"failed: {error}" : $"{row.Seconds:0.0} s")}"));
    }

    private sealed class Bars(ProgressContext bars) : IRunObserver
    {
        private readonly ProgressTask _stage = bars.AddTask("starting").IsIndeterminate();
        private readonly Dictionary<string, ProgressTask> _rows = [];

        public void StageBegins(string what)
        {
            lock (_rows)
                _stage.Description = Markup.Escape(what);
        }

        public void RowBegins(string row, int number, int of)
        {
            lock (_rows)
            {
                _stage.IsIndeterminate(false).MaxValue(of);
                _rows[row] = bars.AddTask(Markup.Escape(row)).IsIndeterminate();
            }
        }

        public void RowTrains(string row, TrainingProgress progress)
        {
            lock (_rows)
            {
                if (_rows.GetValueOrDefault(row) is { } bar)
                    bar.IsIndeterminate(false).MaxValue(progress.Epochs).Value(progress.Epoch);
            }
        }

        public void RowEnds(LeaderboardRow row, int number, int of)
        {
            lock (_rows)
            {
                _stage.Increment(1);
                if (_rows.Remove(row.Row, out ProgressTask? bar))
                    bar.IsIndeterminate(false).Value = bar.MaxValue;
            }

            string end = row.Error is { } error ? $"[red]failed[/] {Markup.Escape(error)}" : string.Create(CultureInfo.InvariantCulture, $"{row.Seconds:0.0} s");
            AnsiConsole.MarkupLine($"[grey]{number}/{of}[/] {Markup.Escape(row.Row)} {end}");
        }
    }
}
