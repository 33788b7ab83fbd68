using System.Globalization;
using Data.Downloads;

namespace Workbench.Commands;

/// <summary>A line every few seconds while a file comes: bytes, rate, time left. Not for several threads.</summary>
/// <param name="clock">of the rate</param>
/// <param name="say">gets the lines</param>
internal sealed class DownloadLines(TimeProvider clock, Action<string> say)
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    private string? _file;
    private long _firstBytes, _lastBytes, _began, _told;

    public void Report(DownloadProgress now)
    {
        long time = clock.GetTimestamp();
        if (now.File != _file || now.Bytes < _lastBytes)
            (_file, _firstBytes, _began, _told) = (now.File, now.Bytes, time, time); // Another file, or the same from its beginning.
        _lastBytes = now.Bytes;
        if (clock.GetElapsedTime(_told, time) < Apart)
            return;
        _told = time;
        say(Line(now, (now.Bytes - _firstBytes) / clock.GetElapsedTime(_began, time).TotalSeconds));
    }

    /// <param name="now">how far it is</param>
    /// <param name="rate">bytes per second in this run</param>
    internal static string Line(DownloadProgress now, double rate)
    {
        string of = now.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total / 1e6:N1}") : "";
        string left = now.Total is { } whole && rate > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Min(Math.Ceiling((whole - now.Bytes) / rate), 359_999)):hh\\:mm\\:ss} left")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{now.File}: {now.Bytes / 1e6:N1}{of} MB, {rate / 1e6:0.0} MB/s{left}");
    }
}
