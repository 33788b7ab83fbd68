using System.Collections;
using Trainers;

namespace Tests.Trainers;

/// <summary>Remembers what a training reported, and can cancel it after an epoch.</summary>
internal sealed class ProgressLog : IProgress<TrainingProgress>, IReadOnlyList<TrainingProgress>
{
    private readonly List<TrainingProgress> _reports = [];
    private readonly CancellationTokenSource _source = new();

    /// <summary>0: after none.</summary>
    public int CancelAfter { get; init; }

    public CancellationToken Cancellation => _source.Token;

    public int Count => _reports.Count;

    public TrainingProgress this[int index] => _reports[index];

    public void Report(TrainingProgress value)
    {
        _reports.Add(value);
        if (value.Epoch == CancelAfter)
            _source.Cancel();
    }

    public IEnumerator<TrainingProgress> GetEnumerator() => _reports.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
