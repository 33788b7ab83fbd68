using Workbench.Search.Samplers;

namespace Workbench.Search;

/// <summary>
/// Which trials a search runs, as a fixed sequence of slots 0, 1, 2, ...: what happens in slot j depends on the results of slots 0 .. j - L alone, L the lag;
/// later ones count as pending even if they have come. So up to L jobs can run at once, and neither their number nor the order in which
/// they finish changes any of them. A slot may be idle: nothing can be done before a later result.
/// </summary>
/// <remarks>
/// A search that was interrupted is built anew: record what is known, in any order, and go on with <see cref="Next"/>.
/// With halving this is ASHA (Li et al.: A System for Massively Parallel Hyperparameter Tuning, MLSys 2020) over the slots: a job goes to the best share of the
/// greatest rung that has one, else to a new trial. If in the end no trial was run whole, the best of the greatest rung is.
/// Not for several threads at a time.
/// </remarks>
/// <param name="space">what is searched</param>
/// <param name="sampler">proposes</param>
/// <param name="limits">when it ends, and what is cut short</param>
/// <param name="lengthOf">the whole number of epochs of an assignment; null for a method that is always run whole</param>
public sealed class SearchSchedule(SearchSpace space, ISampler sampler, SearchLimits limits, Func<Assignment, int?> lengthOf)
{
    private readonly List<SearchJob?> _slots = []; // null: idle
    private readonly List<ScheduledTrial> _trials = [];
    private readonly Dictionary<int, SearchResult> _results = [];
    private int _next;
    private int _seen; // slots 0 .. _seen - 1 have been looked at
    private readonly Plateau _plateau = new(limits.Patience, limits.MinGain);
    private bool _exhausted;
    private bool _done;

    public SearchSpace Space => space;

    /// <summary>Trials proposed so far, by number.</summary>
    public IReadOnlyList<Assignment> Trials => [.. _trials.Select(trial => trial.Assignment)];

    /// <summary>Tells a job's result; a second one of the same job is ignored.</summary>
    public void Record(SearchResult result) => _results.TryAdd(
        result.Index, result.Value is { } value && !double.IsFinite(value) ? result with { Value = null } : result);

    /// <summary>The next job that has no result and has not been given yet, or why there is none now.</summary>
    public SearchStep Next()
    {
        while (true)
        {
            if (_next == _slots.Count && !TryFill())
                return _done ? SearchStep.Done : SearchStep.Wait;
            SearchJob? job = _slots[_next++];
            if (job is not null && !_results.ContainsKey(job.Index))
                return new SearchStep(SearchStepKind.Run, job);
        }
    }

    /// <summary>The job of the best trial: of the greatest rung among trials that were run whole, or, if none was, of all; by value, ties by trial. Null if none succeeded.</summary>
    public SearchJob? Choose() => _slots.OfType<SearchJob>()
        .Where(job => _results.TryGetValue(job.Index, out SearchResult? result) && result.Value is not null)
        .OrderByDescending(job => IsWhole(job)).ThenByDescending(job => IsWhole(job) ? 0 : job.Rung)
        .ThenByDescending(job => _results[job.Index].Value!.Value).ThenBy(job => job.Trial)
        .FirstOrDefault();

    private bool IsWhole(SearchJob job) => job.Rung == _trials[job.Trial].Top;

    /// <summary>Decides one more slot; false if a result is missing for that, or there is nothing more to do.</summary>
    private bool TryFill()
    {
        if (_done)
            return false;
        int slot = _slots.Count;
        for (; _seen <= slot - limits.Lag; _seen++)
        {
            if (_slots[_seen] is not { } job)
                continue;
            if (!_results.TryGetValue(job.Index, out SearchResult? result))
                return false;
            _trials[job.Trial].See(job.Rung, result.Value);
            _plateau.See(result.Value, isTrial: job.Rung == 0);
        }

        SearchJob? decided = Promote(slot) ?? Propose(slot);
        if (decided is null && !_slots.Skip(_seen).Any(job => job is not null))
        {
            decided = Finish(slot);
            _done = decided is null;
            if (_done)
                return false;
        }

        _slots.Add(decided);
        return true;
    }

    /// <summary>The best not yet promoted one of the best share of a rung, from the greatest rung down.</summary>
    private SearchJob? Promote(int slot)
    {
        if (limits.Halving is not { } halving)
            return null;
        for (int rung = _trials.Count == 0 ? -1 : _trials.Max(trial => trial.Top) - 1; rung >= 0; rung--)
        {
            ScheduledTrial[] seen = [.. _trials.Where(trial => trial.Seen > rung)];
            ScheduledTrial? next = seen.Where(trial => trial.ValueAt(rung) is not null)
                .OrderByDescending(trial => trial.ValueAt(rung)!.Value).ThenBy(trial => trial.Number)
                .Take(seen.Length / halving.Factor)
                .FirstOrDefault(trial => trial.Given == rung + 1 && trial.Top > rung);
            if (next is not null)
                return next.Give(slot);
        }

        return null;
    }

    private SearchJob? Propose(int slot)
    {
        if (_exhausted || _trials.Count >= limits.Trials || _plateau.IsReached)
            return null;
        Assignment? proposal = sampler.Propose(
            _trials.Count,
            [.. _trials.Where(trial => trial.Seen > 0).Select(trial => new Observation(trial.Assignment, trial.Values))],
            [.. _trials.Where(trial => trial.Seen == 0).Select(trial => trial.Assignment)]);
        _exhausted = proposal is null;
        if (proposal is null)
            return null;
        var trial = new ScheduledTrial(_trials.Count, proposal, limits.Halving is { } halving ? halving.Rungs(lengthOf(proposal)) : [null]);
        _trials.Add(trial);
        return trial.Give(slot);
    }

    /// <summary>One rung more for the best trial, if none was run whole.</summary>
    private SearchJob? Finish(int slot) => _trials.Any(trial => trial.Seen > trial.Top && trial.Last is not null)
        ? null
        : _trials.Where(trial => trial.Last is not null)
            .OrderByDescending(trial => trial.Seen).ThenByDescending(trial => trial.Last!.Value).ThenBy(trial => trial.Number)
            .FirstOrDefault()?.Give(slot);
}
