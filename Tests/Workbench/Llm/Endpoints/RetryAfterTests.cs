using Workbench.Llm.Endpoints;

namespace Tests.Workbench.Llm.Endpoints;

/// <summary>Retry-After in its forms.</summary>
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("7", null, 7.0)]
    [InlineData("1.5", null, 1.5)]
    [InlineData("0", null, 0.0)]
    [InlineData("Sun, 01 Mar 2026 12:01:30 GMT", null, 90.0)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", null, 0.0)]
    [InlineData("soon", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("NaN", null, null)]
    [InlineData("1e400", null, null)]
    [InlineData("60", "250", 0.25)]
    [InlineData("60", "x", 60.0)]
    [InlineData("99999999999", null, 1e8)]
    public void It_is_read(string? seconds, string? milliseconds, double? expected)
    {
        TimeSpan? read = RetryAfter.Read(name => name == "Retry-After" ? seconds : name == "retry-after-ms" ? milliseconds : null, InstantTime.Now);
        Assert.Equal(expected, read?.TotalSeconds);
    }
}
