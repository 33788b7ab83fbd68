using Trainers;

namespace Workbench.Commands;

/// <summary>A line when an epoch ends; where epochs are very short, not for each.</summary>
internal sealed class EpochLines(TextWriter lines, TimeProvider clock) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(0.1);

    private readonly TrainingPace _pace = new(clock);
    private long? _told;

    /// <summary>The first epoch begins now.</summary>
    public void Begin() => _pace.Begin();

    public void Report(TrainingProgress value)
    {
        string line = EpochText.Line(value, _pace);
        if (_told is { } before && clock.GetElapsedTime(before) < Apart && value.Epoch < value.Epochs)
            return;
        _told = clock.GetTimestamp();
        lines.WriteLine(line);
    }
}
