using System.Globalization;
using Spectre.Console;
using Trainers;
using Workbench.Reports;
using Workbench.Search.Running;
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
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(bars => product = run(new Bars(bars)));
        return product!;
    }

    /// <summary>Lines on standard error, for a program that nobody looks at while it runs.</summary>
    internal static IRunObserver Lines() => new PlainLines();

    private sealed class PlainLines : IRunObserver
    {
        private static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);

        private readonly Dictionary<string, (TrainingPace Pace, long Told)> _rows = [];

        public void StageBegins(string what) => Console.Error.WriteLine(what);

        public void SearchGoesOn(SearchWatch search) => Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{search.Entry} [{search.Trials}/{search.Of}]: {search.Last}; best {search.Best?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "none"}"));

        public void RowBegins(string row, int number, int of)
        {
            lock (_rows)
                _rows[row] = (new TrainingPace(TimeProvider.System), TimeProvider.System.GetTimestamp());
        }

        /// <summary>A line every ten seconds of a long training.</summary>
        public void RowTrains(string row, TrainingProgress progress)
        {
            lock (_rows)
            {
                if (!_rows.TryGetValue(row, out (TrainingPace Pace, long Told) known))
                    return;
                string line = EpochText.Line(progress, known.Pace);
                if (TimeProvider.System.GetElapsedTime(known.Told) < Apart)
                    return;
                Console.Error.WriteLine($"{row}: {line}");
                _rows[row] = known with { Told = TimeProvider.System.GetTimestamp() };
            }
        }

        public void RowEnds(LeaderboardRow row, int number, int of) => Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"[{number}/{of}] {row.Row}: {(row.Error is { } error ? $"failed: {error}" : $"{row.Seconds:0.0} s")}"));

        public void ClusterGoesOn(string standing) => Console.Error.WriteLine(standing);
    }

    private sealed class Bars(ProgressContext bars) : IRunObserver
    {
        private readonly ProgressTask _stage = bars.AddTask("starting").IsIndeterminate();
        private readonly Dictionary<string, (ProgressTask Bar, TrainingPace Pace)> _rows = [];
        private readonly Dictionary<string, (ProgressTask Bar, long Begun)> _searches = [];
        private ProgressTask? _cluster;

        public void StageBegins(string what)
        {
            lock (_rows)
                _stage.Description = Markup.Escape(what);
        }

        public void ClusterGoesOn(string standing)
        {
            lock (_rows)
                (_cluster ??= bars.AddTask("").IsIndeterminate()).Description = Markup.Escape(standing);
        }

        /// <summary>The time left goes by the trials so far.</summary>
        public void SearchGoesOn(SearchWatch search)
        {
            lock (_rows)
            {
                if (!_searches.TryGetValue(search.Entry, out (ProgressTask Bar, long Begun) known))
                    known = _searches[search.Entry] = (bars.AddTask(Markup.Escape(search.Entry)).MaxValue(search.Of), TimeProvider.System.GetTimestamp());
                TimeSpan used = TimeProvider.System.GetElapsedTime(known.Begun);
                string left = search.Trials > 1 ? string.Create(CultureInfo.InvariantCulture, $" · about {used.TotalSeconds / (search.Trials - 1) * (search.Of - search.Trials):0} s left") : "";
                string rate = string.Create(CultureInfo.InvariantCulture, $" · {search.Trials / Math.Max(used.TotalMinutes, 1e-9):0} trials/min");
                string failed = search.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $" · {search.Failed} failed") : "";
                string best = search.Best is { } value ? string.Create(CultureInfo.InvariantCulture, $"best {value:0.0000}") : "none yet";
                known.Bar.Value = search.Trials;
                known.Bar.Description = $"{Markup.Escape(search.Entry)} [grey]{search.Trials}/{search.Of} · {best}{failed}{(search.Trials > 1 ? rate : "")}{left}[/]";
            }
        }

        public void RowBegins(string row, int number, int of)
        {
            lock (_rows)
            {
                _stage.IsIndeterminate(false).MaxValue(of);
                _rows[row] = (bars.AddTask(Markup.Escape(row)).IsIndeterminate(), new TrainingPace(TimeProvider.System));
            }
        }

        public void RowTrains(string row, TrainingProgress progress)
        {
            lock (_rows)
            {
                if (!_rows.TryGetValue(row, out (ProgressTask Bar, TrainingPace Pace) known))
                    return;
                known.Bar.IsIndeterminate(false).MaxValue(progress.Epochs).Value(progress.Epoch);
                known.Bar.Description = $"{Markup.Escape(row)} [grey]{Markup.Escape(string.Join(" · ", EpochText.Figures(progress, known.Pace)))}[/]";
            }
        }

        public void RowEnds(LeaderboardRow row, int number, int of)
        {
            lock (_rows)
            {
                _stage.Increment(1);
                if (_rows.Remove(row.Row, out (ProgressTask Bar, TrainingPace Pace) known))
                    known.Bar.IsIndeterminate(false).Value = known.Bar.MaxValue;
            }

            string end = row.Error is { } error ? $"[red]failed[/] {Markup.Escape(error)}" : string.Create(CultureInfo.InvariantCulture, $"{row.Seconds:0.0} s");
            AnsiConsole.MarkupLine($"[grey]{number}/{of}[/] {Markup.Escape(row.Row)} {end}");
        }
    }
}
