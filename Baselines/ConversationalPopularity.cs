using Trainers;
using Trainers.Options;

namespace Baselines;

/// <summary>Options of <see cref="ConversationalPopularity"/>: its source is fixed, so it has no <c>train_on</c>.</summary>
public sealed record ConversationalPopularityOptions : FitSplitOptions
{
    [Option("count only the turns of so many days before the newest one; 0 counts all", Min = 0)]
    public double WindowDays { get; init; }

    [Option("days after which a turn counts half; 0 counts each as one", Min = 0)]
    [Search(Choices = [0.0, 30.0, 90.0, 365.0, 1000.0])]
    public double HalfLifeDays { get; init; }
}

/// <summary>The same order for everybody: how often an item was the target of a turn of the fit split.</summary>
/// <remarks>
/// <para>
/// Source: the popularity row of He et al., "Large Language Models as Zero-Shot Conversational Recommenders" (CIKM 2023), which knows what people
/// recommend to each other rather than what they watch. Equation: as <see cref="MostPopular"/>, over interactions (conversation, target, time of the turn).
/// </para>
/// <para>
/// Whoever calls <see cref="Fit"/> passes one interaction per (turn, target) of the fit split and nothing else: neither mentions nor ratings nor test
/// turns. The history changes nothing. Turns without a time share one, and then neither window nor half-life changes the order.
/// </para>
/// </remarks>
/// <param name="options">window, half-life</param>
public sealed class ConversationalPopularity(ConversationalPopularityOptions options) : IBaseline
{
    public IHistoryScorer Fit(Interactions interactions, TrainingRun run) =>
        ItemCounts.Fit("conversational-popularity", interactions, run, options.WindowDays, options.HalfLifeDays, minRating: 0);
}
