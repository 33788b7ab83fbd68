using Workbench.Llm.Endpoints;

namespace Tests.Workbench.Llm.Endpoints;

/// <summary>The line that tells how it goes.</summary>
public sealed class AskProgressTests
{
    private static string Line(CallProgress now, Prices prices) =>
        new AskProgress("gpt-x", "replies", prices, TimeProvider.System, _ => { }).Line(now, new TokenCount(40_000, 5_000), TimeSpan.FromSeconds(20));

    [Fact]
    public void It_tells_done_rate_tokens_cost_and_time_left()
    {
        var prices = new Prices(2, 8);
        Assert.Equal(
            "gpt-x: 1,300 of 5,000 replies, 300 from the cache, 50.0/s, 45,000 tokens, cost 0.12, 2 faults, the last: status 503: busy, 00:01:14 left",
            Line(new CallProgress(5000, 300, 1000, 0, 2, "status 503: busy"), prices));
        Assert.Equal("gpt-x: 0 of 10 replies, 0.0/s, 45,000 tokens", Line(new CallProgress(10, 0, 0, 0, 0, null), new Prices(null, null)));
    }

    [Fact]
    public void It_does_not_tell_too_often()
    {
        var clock = new StepTime();
        var lines = new List<string>();
        var progress = new AskProgress("m", "replies", new Prices(null, null), clock, lines.Add);
        for (int second = 0; second < 60; second++)
        {
            clock.Seconds = second;
            progress.Report(new CallProgress(100, 0, second, 0, 0, null), default);
        }

        Assert.Equal(11, lines.Count);
    }

    private sealed class StepTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
