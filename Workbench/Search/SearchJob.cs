namespace Workbench.Search;

/// <summary>One piece of work: a trial, or its next rung.</summary>
/// <param name="Index">the slot of the schedule; a later job has a greater one, idle slots leave gaps</param>
/// <param name="Trial">0-based number of the proposal</param>
/// <param name="Assignment">the searched options</param>
/// <param name="Rung">0 for a new trial; a greater one goes on from the trial's rung before</param>
/// <param name="Epochs">how many, those of the rungs before included; null: all that the method runs by itself</param>
public sealed record SearchJob(int Index, int Trial, Assignment Assignment, int Rung, int? Epochs);

/// <summary>What came of a job.</summary>
/// <param name="Index">of the job</param>
/// <param name="Value">of the objective, greater is better; null if it failed, as is a value that is no number</param>
public sealed record SearchResult(int Index, double? Value);

/// <summary>What to do now.</summary>
public enum SearchStepKind
{
    /// <summary>Run a job.</summary>
    Run,

    /// <summary>The next decision needs the result of a job that was given out.</summary>
    Wait,

    /// <summary>Every job has been given out, and there will be no more.</summary>
    Done,
}

/// <summary>An answer of <see cref="SearchSchedule.Next"/>.</summary>
/// <param name="Kind">what to do</param>
/// <param name="Job">to be run; null unless <see cref="SearchStepKind.Run"/></param>
public sealed record SearchStep(SearchStepKind Kind, SearchJob? Job)
{
    public static SearchStep Wait { get; } = new(SearchStepKind.Wait, null);

    public static SearchStep Done { get; } = new(SearchStepKind.Done, null);
}
