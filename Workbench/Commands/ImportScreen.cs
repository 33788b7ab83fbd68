using System.Globalization;
using Data.Importers;
using Data.Storage;
using Spectre.Console;

namespace Workbench.Commands;

/// <summary>Shows how an import goes: bars in a terminal, plain lines on standard error where there is none.</summary>
internal sealed class ImportScreen : IProgress<ImportProgress>, IProgress<DatasetProgress>
{
    /// <summary>Between two lines where there is no terminal; what takes less says nothing.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock;
    private readonly TextWriter _lines;
    private readonly ProgressContext? _bars;
    private string _stage = "";
    private ProgressTask? _bar;
    private long _begun;
    private long _told;

    /// <param name="clock">of rates</param>
    /// <param name="lines">takes plain lines</param>
    /// <param name="bars">in place of lines, or null</param>
    internal ImportScreen(TimeProvider clock, TextWriter lines, ProgressContext? bars = null)
    {
        (_clock, _lines, _bars) = (clock, lines, bars);
        _told = clock.GetTimestamp();
    }

    /// <summary>Runs an import that tells how it goes.</summary>
    internal static T Show<T>(Func<ImportScreen, T> import)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return import(new ImportScreen(TimeProvider.System, Console.Error));
        T? made = default;
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(bars => made = import(new ImportScreen(TimeProvider.System, Console.Error, bars)));
        return made!;
    }

    /// <summary>Something that cannot be counted begins.</summary>
    internal void Begin(string stage) => Tell(stage, 0, 0, 0);

    public void Report(ImportProgress value) => Tell($"reading {Path.GetFileName(value.File)}", value.Bytes, value.TotalBytes, value.Rows);

    public void Report(DatasetProgress value) =>
        Tell(value.Stage == DatasetWriter.CheckStage ? value.Stage : $"writing {value.Stage}", value.Done, value.Total, value.Unit == "rows" ? value.Done : 0);

    private void Tell(string stage, long done, long total, long rows)
    {
        if (stage != _stage)
        {
            if (_bar is not null)
                _bar.IsIndeterminate(false).Value = _bar.MaxValue;
            (_stage, _begun) = (stage, _clock.GetTimestamp());
            _bar = _bars?.AddTask(Markup.Escape(stage)).IsIndeterminate();
        }

        string line = stage + Figures(done, total, rows);
        if (_bar is not null)
        {
            if (total > 0)
                _bar.IsIndeterminate(false).MaxValue(total).Value(done);
            _bar.Description = Markup.Escape(line);
        }
        else if (_clock.GetElapsedTime(_told) >= Apart)
        {
            _lines.WriteLine(line);
            _told = _clock.GetTimestamp();
        }
    }

    /// <summary>Rows, rows a second, and the time left by the share that is done.</summary>
    private string Figures(long done, long total, long rows)
    {
        double seconds = _clock.GetElapsedTime(_begun).TotalSeconds;
        if (rows == 0 || seconds <= 0)
            return "";
        string left = total > 0 && done > 0 ? string.Create(CultureInfo.InvariantCulture, $", {(double)done / total:0 %}, {seconds * (total - done) / done:0} s left") : "";
        return string.Create(CultureInfo.InvariantCulture, $": {rows:N0} rows, {rows / seconds:N0} rows/s{left}");
    }
}
