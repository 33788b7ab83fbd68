using System.Globalization;
using Trainers;

namespace Workbench.Commands;

/// <summary>An epoch as people read it.</summary>
internal static class EpochText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>E.g. <c>epoch 3 of 100 · loss 0.8291 · NDCG@10 .1234 · 331,000 tokens/s · at most 3 min left</c>.</summary>
    public static string Line(TrainingProgress progress, TrainingPace pace) =>
        string.Join(" · ", [string.Create(Invariant, $"epoch {progress.Epoch} of {progress.Epochs}"), .. Figures(progress, pace)]);

    /// <summary>The same without the epoch.</summary>
    public static IEnumerable<string> Figures(TrainingProgress progress, TrainingPace pace)
    {
        (double? perSecond, TimeSpan? left) = pace.After(progress);
        if (progress.Loss is { } loss)
            yield return $"loss {loss.ToString(Math.Abs(loss) < 100 ? "0.0000" : "#,0", Invariant)}";
        if (progress.Validation is { } metric)
            yield return $"{metric.Name} {metric.Value.ToString(".0000", Invariant)}";
        if (perSecond is { } rate)
            yield return $"{Rounded(rate)} {progress.Work!.Value.Unit}/s";
        if (left is { } time && time > TimeSpan.Zero)
            yield return $"{(progress.Validation is null ? "about" : "at most")} {Rounded(time)} left"; // A method that looks at held-out data may stop early.
    }

    private static string Rounded(double rate)
    {
        if (rate < 10)
            return rate.ToString("0.0", Invariant);
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(rate)) - 2));
        return (Math.Round(rate / unit) * unit).ToString("#,0", Invariant);
    }

    private static string Rounded(TimeSpan time) => time.TotalSeconds switch
    {
        < 90 and var seconds => string.Create(Invariant, $"{Math.Max(1, Math.Round(seconds)):0} s"),
        < 90 * 60 and var seconds => string.Create(Invariant, $"{Math.Round(seconds / 60):0} min"),
        var seconds => string.Create(Invariant, $"{Math.Floor(Math.Round(seconds / 60) / 60):0} h {Math.Round(seconds / 60) % 60:0} min"),
    };
}
