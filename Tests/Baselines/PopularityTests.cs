using Baselines;
using Trainers;

namespace Tests.Baselines;

public sealed class PopularityTests
{
    private const long Day = Samples.Day;

    // Days 0, 10, 20, 30 and 40; item 3 is never seen.
    private static readonly Interactions Some = Samples.Of(
        4,
        [(0, 5f, 0), (1, 2f, 10 * Day), (2, 4f, 40 * Day)],
        [],
        [(0, 1f, 20 * Day), (0, 3f, 30 * Day), (1, float.NaN, 30 * Day)]);

    [Fact]
    public void Every_interaction_counts_as_one() => Assert.Equal([3f, 2, 1, 0], Popular(new()));

    [Theory]
    [InlineData(10.0, new[] { 1f, 1, 1, 0 })]
    [InlineData(9.99, new[] { 0f, 0, 1, 0 })]
    [InlineData(20.0, new[] { 2f, 1, 1, 0 })]
    [InlineData(40.0, new[] { 3f, 2, 1, 0 })]
    public void A_window_reaches_back_from_the_newest_and_includes_its_edge(double days, float[] expected) =>
        Assert.Equal(expected, Popular(new() { WindowDays = days }));

    [Fact]
    public void A_half_life_halves()
    {
        // Ages 40, 30, 0 and 20, 10, 10 at a half-life of 10 days.
        float[] expected = [(1 / 16f) + (1 / 4f) + (1 / 2f), (1 / 8f) + (1 / 2f), 1, 0];
        Assert.Equal(expected, Popular(new() { HalfLifeDays = 10 }));
    }

    [Fact]
    public void Window_and_half_life_work_together() =>
        Assert.Equal([(1 / 4f) + (1 / 2f), 1 / 2f, 1, 0], Popular(new() { HalfLifeDays = 10, WindowDays = 25 }));

    [Fact]
    public void A_least_rating_drops_what_is_below_it_but_not_what_has_none() =>
        Assert.Equal([2f, 1, 1, 0], Popular(new() { MinRating = 3 }));

    [Fact]
    public void The_newest_time_is_that_of_what_is_counted()
    {
        // Without the 4 of day 40 the window ends on day 30.
        Assert.Equal([1f, 1, 0, 0], Popular(new() { MinRating = 4.5, WindowDays = 30 }));
        Assert.Equal([0f, 1, 0, 0], Popular(new() { MinRating = 4.5, WindowDays = 29 }));
    }

    [Fact]
    public void A_least_rating_that_nothing_reaches_is_said()
    {
        Interactions low = Samples.Of(2, [(0, 2f, 0), (1, 3.5f, 1)]);
        var error = Assert.Throws<UserErrorException>(() => { new MostPopular(new() { MinRating = 4.5 }).Fit(low, new TrainingRun()); });
        Assert.Equal("most-popular has nothing to count: no rating reaches min_rating 4.5", error.Message);
    }

    [Fact]
    public void A_history_changes_nothing()
    {
        IHistoryScorer scorer = new MostPopular(new()).Fit(Some, new TrainingRun());
        Assert.Equal(Samples.Scores(scorer, 0), Samples.Scores(scorer, 5, 0, 2));
    }

    [Fact]
    public void Conversational_popularity_counts_what_it_is_given()
    {
        IHistoryScorer scorer = new ConversationalPopularity(new() { WindowDays = 20, HalfLifeDays = 10 }).Fit(Some, new TrainingRun());
        Assert.Equal([(1 / 4f) + (1 / 2f), 1 / 2f, 1, 0], Samples.Scores(scorer, 0));
    }

    [Fact]
    public void Times_at_the_ends_of_their_type_do_not_overflow()
    {
        Interactions far = Samples.Of(2, [(0, 1f, long.MinValue), (1, 1f, long.MaxValue)]);
        Assert.Equal([0f, 1], Samples.Scores(new MostPopular(new() { WindowDays = 1 }).Fit(far, new TrainingRun()), 0));
        Assert.Equal([0f, 1], Samples.Scores(new MostPopular(new() { HalfLifeDays = 1 }).Fit(far, new TrainingRun()), 0));
    }

    private static float[] Popular(MostPopularOptions options) => Samples.Scores(new MostPopular(options).Fit(Some, new TrainingRun()), 0);
}
