using Trainers;
using Trainers.Options;

namespace Baselines;

/// <summary>Options of <see cref="MostPopular"/>.</summary>
public sealed record MostPopularOptions : SourceOptions
{
    [Option("count only the interactions of so many days before the newest one; 0 counts all", Min = 0)]
    public double WindowDays { get; init; }

    [Option("days after which an interaction counts half; 0 counts each as one", Min = 0)]
    [Search(Choices = [0.0, 30.0, 90.0, 365.0, 1000.0])]
    public double HalfLifeDays { get; init; }

    [Option("count only ratings from this one up; 0 counts all, and what has no rating always counts", Min = 0)]
    public double MinRating { get; init; }
}

/// <summary>The same order for everybody: how often an item was chosen, lately if so wished.</summary>
/// <remarks>
/// <para>
/// Source: common practice; the window and the decay after Ji, Sun, Zhang and Li, "A Re-visit of the Popularity Baseline in Recommender
/// Systems" (SIGIR 2020). Equation: score(i) = sum over (i, t) within the window of 2^(-(T - t) / half-life), T the newest time counted.
/// </para>
/// <para>
/// Deviation: T is the newest time of the whole training data, not of each query. Repeated interactions each count. The history, empty or not,
/// changes nothing. An item whose interactions are thousands of half-lives old may underflow to 0 and tie with items never seen.
/// </para>
/// </remarks>
/// <param name="options">window, half-life, least rating</param>
public sealed class MostPopular(MostPopularOptions options) : IBaseline
{
    public IHistoryScorer Fit(Interactions interactions, TrainingRun run) =>
        ItemCounts.Fit("most-popular", interactions, run, options.WindowDays, options.HalfLifeDays, options.MinRating);
}
