namespace Workbench.Studies;

/// <summary>
/// The trials of one study, shared by all programs that work on it: each trial is done once. Whoever takes one holds it until it is finished or given back,
/// or its program has died; then it is anybody's again.
/// </summary>
/// <remarks>Safe to call from several threads. Every method throws <see cref="StudyException"/> where the store cannot be used; then nothing was changed.</remarks>
internal interface ITrialStore : IDisposable
{
    /// <summary>Takes a trial, if it is neither done nor taken. Taken by this program already, it is busy.</summary>
    TrialTaking Take(string key, string kind, string label);

    /// <summary>Keeps what came of a trial that was taken. If it has been taken over meanwhile, what its new owner makes of it counts.</summary>
    void Finish(TrialRecord trial);

    /// <summary>Gives a taken trial back undone.</summary>
    void GiveBack(string key);

    /// <summary>A trial that is done; null if it is not.</summary>
    TrialRecord? Find(string key);

    /// <summary>Removes trials, done or failed, so that they are run again.</summary>
    void Forget(IReadOnlyCollection<string> keys);

    /// <summary>All trials that are done, in the order in which they ended.</summary>
    IReadOnlyList<TrialRecord> Done();

    /// <summary>Labels of the trials at work, by whichever program.</summary>
    IReadOnlyList<string> AtWork();

    /// <summary>Of these trials, those that are done.</summary>
    IReadOnlySet<string> AreDone(IReadOnlyCollection<string> keys);

    /// <summary>Of these trials, those that somebody has taken.</summary>
    IReadOnlySet<string> AreHeld(IReadOnlyCollection<string> keys);

    /// <summary>Who waits for others' trials may wait so long between two looks: what a look costs, a thousand programs cost a thousand times.</summary>
    TimeSpan LongestWait { get; }

    /// <summary>A text about the study itself; null if there is none.</summary>
    string? Note(string name);

    void SetNote(string name, string text);
}
