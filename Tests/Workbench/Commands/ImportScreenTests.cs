using Data.Importers;
using Data.Storage;
using Tests.Trainers;
using Workbench.Commands;

namespace Tests.Workbench.Commands;

public sealed class ImportScreenTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_long_import_tells_rows_rate_and_time_left_and_a_short_one_nothing()
    {
        using var lines = new StringWriter();
        var screen = new ImportScreen(_clock, lines);
        screen.Report(new ImportProgress("ml/ratings.csv", 0, 1_000, 0));
        _clock.Advance(1);
        screen.Report(new ImportProgress("ml/ratings.csv", 100, 1_000, 2_000_000));
        Assert.Equal("", lines.ToString());

        _clock.Advance(1);
        screen.Report(new ImportProgress("ml/ratings.csv", 200, 1_000, 5_000_000));
        screen.Report(new ImportProgress("ml/ratings.csv", 210, 1_000, 5_100_000));
        _clock.Advance(3);
        screen.Begin("sorting by user and time");
        _clock.Advance(2);
        screen.Report(new DatasetProgress("interactions.csv", 0, 6_000_000, "rows"));
        _clock.Advance(3);
        screen.Report(new DatasetProgress("interactions.csv", 1_500_000, 6_000_000, "rows"));
        _clock.Advance(2);
        screen.Report(new DatasetProgress("interactions.bin", 0, 0, ""));
        Assert.Equal(
            [
                "reading ratings.csv: 5,000,000 rows, 2,500,000 rows/s, 20 %, 8 s left",
                "sorting by user and time",
                "writing interactions.csv",
                "writing interactions.csv: 1,500,000 rows, 500,000 rows/s, 25 %, 9 s left",
                "writing interactions.bin",
            ],
            lines.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
