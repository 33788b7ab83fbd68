namespace Tests.Trainers;

/// <summary>Time passes when it is told to.</summary>
internal sealed class FakeClock : TimeProvider
{
    private long _ticks = 123_456_789;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
}
