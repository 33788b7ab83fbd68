using Tests.Trainers;
using Tests.Workbench.Experiments;
using Trainers;
using Workbench.Commands;

namespace Tests.Workbench.Commands;

public sealed class TrainingPaceTests
{
    private readonly FakeClock _clock = new();

    private static TrainingProgress Epoch(int epoch, int epochs = 10, long work = 1_000) => new(epoch, epochs, 0.5, null, new EpochWork(work, "pairs"));

    [Fact]
    public void The_rate_is_of_the_epoch_and_the_time_left_of_all_but_the_first()
    {
        var pace = new TrainingPace(_clock);
        _clock.Advance(100);
        pace.Begin();
        _clock.Advance(20);
        Assert.Equal((50, TimeSpan.FromSeconds(180)), pace.After(Epoch(1)));
        _clock.Advance(4);
        Assert.Equal((250, TimeSpan.FromSeconds(32)), pace.After(Epoch(2)));
        _clock.Advance(2);
        Assert.Equal((500, TimeSpan.FromSeconds(21)), pace.After(Epoch(3)));
        _clock.Advance(6);
        Assert.Equal((2_000, TimeSpan.Zero), pace.After(Epoch(10, work: 12_000)));
    }

    [Fact]
    public void A_training_that_goes_on_is_measured_from_there()
    {
        var pace = new TrainingPace(_clock);
        pace.Begin();
        _clock.Advance(3);
        Assert.Equal(TimeSpan.FromSeconds(9), pace.After(Epoch(7)).Left);
        _clock.Advance(1);
        Assert.Equal(TimeSpan.FromSeconds(2), pace.After(Epoch(8)).Left);
    }

    [Fact]
    public void What_nobody_has_measured_is_not_said()
    {
        var pace = new TrainingPace(_clock);
        _clock.Advance(5);
        Assert.Equal((null, null), pace.After(Epoch(1)));
        _clock.Advance(5);
        Assert.Equal((200, TimeSpan.FromSeconds(40)), pace.After(Epoch(2)));
        Assert.Equal((null, null), pace.After(Epoch(3))); // No time has passed.
        _clock.Advance(5);
        Assert.Null(pace.After(Epoch(4) with { Work = null }).PerSecond);

        // Another seed: it began some time after the last epoch of the one before.
        _clock.Advance(70);
        Assert.Equal((null, null), pace.After(Epoch(1)));
        _clock.Advance(2);
        Assert.Equal((500, TimeSpan.FromSeconds(16)), pace.After(Epoch(2)));
    }

    [Theory]
    [InlineData(0.82914, 0.12342, 331_234, 1, "epoch 3 of 100 · loss 0.8291 · NDCG@10 .1234 · 331,000 tokens/s · at most 2 min left")]
    [InlineData(-1.5, null, 9, 1, "epoch 3 of 100 · loss -1.5000 · 9.0 tokens/s · about 2 min left")]
    [InlineData(1234567.8, null, 16_749_999, 120, "epoch 3 of 100 · loss 1,234,568 · 140,000 tokens/s · about 3 h 14 min left")]
    [InlineData(null, 1.0, 123, 0.5, "epoch 3 of 100 · NDCG@10 1.0000 · 246 tokens/s · at most 48 s left")]
    [InlineData(null, null, 5, 0.001, "epoch 3 of 100 · 5,000 tokens/s · about 1 s left")]
    public void An_epoch_is_a_line(double? loss, double? ndcg, long work, double seconds, string expected)
    {
        var progress = new TrainingProgress(3, 100, loss, ndcg is { } value ? new ValidationMetric("NDCG@10", value) : null, new EpochWork(work, "tokens"));
        Cultures.Each(() =>
        {
            var lines = new StringWriter();
            var report = new EpochLines(lines, _clock);
            report.Begin();
            _clock.Advance(seconds);
            report.Report(progress);
            Assert.Equal(expected + lines.NewLine, lines.ToString());
        });
    }

    [Fact]
    public void Very_short_epochs_are_not_all_told_but_the_last_is()
    {
        var lines = new StringWriter();
        var report = new EpochLines(lines, _clock);
        for (int epoch = 1; epoch <= 95; epoch++)
        {
            report.Report(Epoch(epoch, 95));
            _clock.Advance(0.01);
        }

        string[] told = lines.ToString().Split(lines.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 95], told.Select(line => int.Parse(line.Split(' ')[1], null)));
        Assert.Equal("epoch 11 of 95 · loss 0.5000 · 100,000 pairs/s · about 1 s left", told[1]);
        Assert.Equal("epoch 95 of 95 · loss 0.5000 · 100,000 pairs/s", told[^1]);
    }
}
