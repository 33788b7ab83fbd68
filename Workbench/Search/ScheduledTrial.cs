namespace Workbench.Search;

/// <summary>A trial of a schedule: its rungs, how many were given out, and the values of those that were looked at.</summary>
/// <param name="number">0-based</param>
/// <param name="assignment">its options</param>
/// <param name="rungs">epochs of each rung, growing; null in the only one of a trial that is run whole</param>
internal sealed class ScheduledTrial(int number, Assignment assignment, IReadOnlyList<int?> rungs)
{
    private readonly List<double?> _values = [];

    internal int Number => number;

    internal Assignment Assignment => assignment;

    /// <summary>The greatest rung.</summary>
    internal int Top => rungs.Count - 1;

    /// <summary>Jobs given out.</summary>
    internal int Given { get; private set; }

    /// <summary>Rungs whose values count already.</summary>
    internal int Seen => _values.Count;

    /// <summary>At the greatest rung that counts; null if it failed there.</summary>
    internal double? Last => _values.Count == 0 ? null : _values[^1];

    /// <summary>Of the rungs that count.</summary>
    internal IReadOnlyList<double?> Values => [.. _values];

    internal double? ValueAt(int rung) => _values[rung];

    internal SearchJob Give(int slot)
    {
        int rung = Given++;
        return new SearchJob(slot, number, assignment, rung, rungs[rung]);
    }

    internal void See(int rung, double? value)
    {
        if (rung != _values.Count)
            throw new InvalidOperationException($"Rung {rung} of trial {number} comes before rung {_values.Count}.");
        _values.Add(value);
    }
}
