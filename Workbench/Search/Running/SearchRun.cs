using System.Globalization;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Stages;

namespace Workbench.Search.Running;

/// <summary>
/// The trials of one searched entry: asks its schedule for jobs, answers them from the study or runs them, and tells the schedule. Together with other
/// programs at the same study, each job is run once; which jobs there are depends on neither programs nor threads.
/// </summary>
/// <param name="label">of the row that comes of it</param>
/// <param name="entry">what is searched</param>
/// <param name="schedule">of the entry</param>
/// <param name="most">trials at most, to be shown</param>
/// <param name="trial">runs a job</param>
internal sealed class SearchRun(string label, Configuration entry, SearchSchedule schedule, int most, ISearchTrial trial)
{
    private const int FailuresForAll = 5;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, (SearchJob Job, SearchOutcome Outcome)> _ended = [];
    private readonly Queue<SearchJob> _elsewhere = new();
    private readonly HashSet<int> _tooLarge = [];
    private int _atWork;
    private bool _done;

    internal Configuration Entry => entry;

    /// <summary>Seconds of work that its jobs have taken.</summary>
    internal double Used { get; private set; }

    /// <summary>A trial succeeded, or so many failed that no other will do.</summary>
    internal bool HasChoice
    {
        get
        {
            lock (_lock)
                return _ended.Values.Any(one => one.Outcome.Value is not null) || _ended.Count >= FailuresForAll;
        }
    }

    /// <summary>Jobs that there was no room for here; without them the search does not go on.</summary>
    internal int Left
    {
        get
        {
            lock (_lock)
                return _tooLarge.Count;
        }
    }

    /// <summary>No further job begins.</summary>
    internal void Close()
    {
        lock (_lock)
            _done = true;
    }

    /// <summary>Does one job.</summary>
    /// <returns>whether one was done; if not, whether there may be one later</returns>
    internal (bool Worked, bool More) Step(RunContext context)
    {
        SearchJob job;
        lock (_lock)
        {
            if (_done)
                return (false, false);
            SearchStep step = schedule.Next();
            if (step.Kind == SearchStepKind.Run)
                job = step.Job!;
            else if (_elsewhere.TryDequeue(out SearchJob? again))
                job = again;
            else
            {
                // What waits for a job that is too large waits for another program: this one may end.
                _done = step.Kind == SearchStepKind.Done && _atWork == 0;
                return (false, !_done && (_tooLarge.Count == 0 || _atWork > 0));
            }

            _atWork++;
        }

        SearchOutcome? outcome = null;
        try
        {
            outcome = trial.TryRun(job, context);
        }
        catch (TooLargeException)
        {
            lock (_lock)
                _tooLarge.Add(job.Index);
            return (false, true);
        }
        finally
        {
            lock (_lock)
                _atWork--;
        }

        lock (_lock)
        {
            if (outcome is null)
            {
                _elsewhere.Enqueue(job);
                return (false, true);
            }

            _ended[job.Index] = (job, outcome);
            Used += outcome.Seconds;
            schedule.Record(new SearchResult(job.Index, outcome.Value));
            context.Observer.SearchGoesOn(Watch(job, outcome));
        }

        return (true, true);
    }

    /// <summary>The configuration of the best trial; null if none succeeded.</summary>
    internal Configuration? Chosen()
    {
        lock (_lock)
            return schedule.Choose() is { } best ? entry.At(best.Assignment) : null;
    }

    /// <summary>Why nothing could be chosen.</summary>
    internal string Failure()
    {
        lock (_lock)
        {
            return _ended.Values.Select(one => one.Outcome.Failure).FirstOrDefault(reason => reason is not null) is { } reason
                ? $"none of {_ended.Values.Select(one => one.Job.Trial).Distinct().Count()} trials succeeded; the first: {reason}"
                : "the budget was used up before a trial had ended";
        }
    }

    internal SearchHistory History(string row, string sampler, string objective)
    {
        lock (_lock)
        {
            var clock = new Dictionary<int, double>();
            double worked = 0;
            foreach ((int index, (_, SearchOutcome outcome)) in _ended)
                clock[index] = worked += outcome.Seconds;
            SearchedTrial[] trials =
            [
                .. _ended.Values.GroupBy(one => one.Job.Trial).OrderBy(group => group.Key).Select(group => Told(group.Key, [.. group], clock)),
            ];
            return new SearchHistory(
                row, entry.Name, sampler, objective, [.. schedule.Space.Parameters.Select(parameter => parameter.Name)], trials, schedule.Choose()?.Trial)
            {
                Logarithmic = [.. schedule.Space.Parameters.Where(parameter => parameter.Domain is NumberDomain { Log: true } or IntDomain { Log: true }).Select(parameter => parameter.Name)],
            };
        }
    }

    private static SearchedTrial Told(int number, (SearchJob Job, SearchOutcome Outcome)[] pieces, Dictionary<int, double> clock)
    {
        (SearchJob job, SearchOutcome outcome) = pieces[^1];
        string status = outcome.Failure is not null ? SearchedTrial.Failed : outcome.IsWhole ? SearchedTrial.Ok : SearchedTrial.Stopped;
        return new SearchedTrial(
            number, job.Assignment.Values.ToDictionary(value => value.Key, value => RowPlans.Plain(value.Value)), status, outcome.Failure, outcome.Value,
            outcome.Epochs, pieces.Sum(piece => piece.Outcome.Seconds), clock[job.Index]);
    }

    private SearchWatch Watch(SearchJob job, SearchOutcome outcome)
    {
        double? best = _ended.Values.Select(one => one.Outcome.Value).Where(value => value is not null).DefaultIfEmpty(null).Max();
        string epochs = outcome.Epochs is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count} epochs") : "";
        string result = outcome.Failure is { } reason ? $"failed: {reason}" : string.Create(CultureInfo.InvariantCulture, $"{outcome.Value:0.0000}");
        return new SearchWatch(
            label, _ended.Values.Select(one => one.Job.Trial).Distinct().Count(), most, _ended.Values.Count(one => one.Outcome.Failure is not null), best,
            string.Create(CultureInfo.InvariantCulture, $"trial {job.Trial} ({job.Assignment.Text}{epochs}) {result}, {outcome.Seconds:0.0} s"));
    }
}

/// <summary>Runs one job of a search.</summary>
internal interface ISearchTrial
{
    /// <summary>Null: another program is at it.</summary>
    SearchOutcome? TryRun(SearchJob job, RunContext context);
}

/// <summary>What came of a job.</summary>
/// <param name="Value">of the objective; null if it failed</param>
/// <param name="Failure">one line; null if it did not fail</param>
/// <param name="Seconds">that it took</param>
/// <param name="Epochs">of the training in all; null for a method without</param>
/// <param name="IsWhole">the training was not cut short</param>
internal sealed record SearchOutcome(double? Value, string? Failure, double Seconds, int? Epochs, bool IsWhole)
{
    /// <summary>It failed by the program's own mistake: that is kept nowhere.</summary>
    internal bool IsMistake { get; init; }
}
