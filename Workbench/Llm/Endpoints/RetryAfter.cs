using System.Globalization;

namespace Workbench.Llm.Endpoints;

/// <summary>How long an endpoint asks to wait: <c>retry-after-ms</c>, or <c>Retry-After</c> in seconds or as a date (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    /// <param name="header">a response header by its name; null if it is not there</param>
    /// <param name="now">for dates</param>
    /// <returns>null if nothing is asked, or nothing that can be read; never less than zero</returns>
    public static TimeSpan? Read(Func<string, string?> header, DateTimeOffset now)
    {
        if (Number(header("retry-after-ms")) is { } milliseconds)
            return Bounded(milliseconds / 1000);
        string? text = header("Retry-After")?.Trim();
        if (Number(text) is { } seconds)
            return Bounded(seconds);
        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? Bounded((date - now).TotalSeconds)
            : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static TimeSpan Bounded(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e8));
}
