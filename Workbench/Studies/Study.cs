using System.Globalization;
using System.Text.Json;
using Trainers;
using Trainers.Checkpoints;

namespace Workbench.Studies;

/// <summary>
/// Trials that are kept: done once by whichever program, answered from then on. Trials of other studies in the same folder count too.
/// </summary>
/// <remarks>A folder holds <c>NAME.db</c> per study, and <c>artifacts/</c> and <c>checkpoints/</c> of all.</remarks>
public sealed class Study : IDisposable
{
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(20);

    private const string LeaderboardNote = "leaderboard";

    private const string ExperimentNote = "experiment";

    private readonly ITrialStore _store;
    private readonly ArtifactFolder _artifacts;
    private readonly string _folder;
    private long _inVainSince;

    internal Study(ITrialStore store, string folder)
    {
        (_store, _folder) = (store, folder);
        _artifacts = new ArtifactFolder(ArtifactsOf(folder));
    }

    internal ITrialStore Store => _store;

    internal ArtifactFolder Artifacts => _artifacts;

    /// <summary>Takes no trial: waits for what other programs make of them.</summary>
    public bool OnlyWatches { get; set; }

    /// <summary>Who does trials, as it is noted with each; null notes nobody.</summary>
    internal string? Worker { get; set; }

    /// <summary>Told in a line of each trial that this program begins, ends or gives back.</summary>
    internal Action<string>? Log { get; set; }

    /// <summary>Of a watcher: for how long every look at a trial has been in vain.</summary>
    internal TimeSpan WaitsFor => Interlocked.Read(ref _inVainSince) is var since and > 0 ? TimeProvider.System.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Opens or begins a study.</summary>
    /// <param name="folder">of studies</param>
    /// <param name="name">of the experiment</param>
    /// <exception cref="StudyException">It cannot be used.</exception>
    public static Study Open(string folder, string name) => new(SqliteTrialStore.Open(PathOf(folder, name)), folder);

    public static string PathOf(string folder, string name) => Path.Combine(folder, $"{name}.db");

    internal static string ArtifactsOf(string folder) => Path.Combine(folder, "artifacts");

    internal static string CheckpointsOf(string folder) => Path.Combine(folder, "checkpoints");

    /// <summary>Keeps the leaderboard that came of it, for comparisons.</summary>
    internal void Remember(Reports.Leaderboard leaderboard) => _store.SetNote(LeaderboardNote, Reports.LeaderboardJson.Write(leaderboard));

    /// <summary>The last leaderboard, as leaderboard.json has it.</summary>
    /// <exception cref="UserErrorException">No run of it has come to its end.</exception>
    internal string Leaderboard() => _store.Note(LeaderboardNote) ?? throw new UserErrorException("no run of this study has come to its end yet", _folder);

    /// <summary>Keeps the experiment, so that a program which knows the study's name alone can work on it.</summary>
    internal void Remember(Experiments.ExperimentSource experiment) => _store.SetNote(ExperimentNote, JsonSerializer.Serialize(experiment));

    /// <summary>The experiment that was run last.</summary>
    /// <exception cref="UserErrorException">None was.</exception>
    internal Experiments.ExperimentSource Experiment() => _store.Note(ExperimentNote) is { } note
        ? JsonSerializer.Deserialize<Experiments.ExperimentSource>(note)!
        : throw new UserErrorException("no experiment was run as this study yet: `workbench run FILE` begins one", _folder);

    /// <summary>Takes a trial; what another study knows of it counts as done, and what has lost its artifact does not.</summary>
    internal TrialTaking Take(TrialIdentity identity, string kind, string label)
    {
        string key = identity.Key;
        if (OnlyWatches)
        {
            TrialRecord? ended = _store.Find(key) is { } found && (found.Artifact is null || _artifacts.Has(found.Artifact)) ? found : null;
            if (ended is not null)
                Interlocked.Exchange(ref _inVainSince, 0);
            else
                Interlocked.CompareExchange(ref _inVainSince, TimeProvider.System.GetTimestamp(), 0);
            return new TrialTaking(ended, Busy: ended is null);
        }

        TrialTaking taking = _store.Take(key, kind, label);
        if (taking.Done is { Artifact: { } lost } && !_artifacts.Has(lost))
        {
            _store.Forget([key]);
            taking = _store.Take(key, kind, label);
        }

        if (!taking.Mine || _artifacts.Find(key) is not { } elsewhere)
        {
            if (taking.Mine)
                Log?.Invoke($"{key[..8]} begins: {kind} {label}");
            return taking;
        }

        TrialRecord known = elsewhere with { Label = label };
        _store.Finish(known);
        return new TrialTaking(known, false);
    }

    /// <summary>Keeps what came of a trial, its artifact first.</summary>
    internal TrialRecord Finish(TrialRecord trial, Action<Stream>? artifact = null)
    {
        if (artifact is not null)
            trial = trial with { Artifact = _artifacts.Write(artifact) };
        _store.Finish(Worker is { } worker ? Cluster.Worker.Note(trial, worker) : trial);
        if (trial.Failure is null)
            _artifacts.Share(trial);
        Log?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{trial.Key[..8]} {(trial.Failure is { } failure ? $"failed: {failure}" : "done")}, {trial.Seconds:0.0} s: {trial.Kind} {trial.Label}"));
        return trial;
    }

    /// <summary>Whether a trial has been done, in whichever study.</summary>
    internal bool Knows(TrialIdentity identity) => _artifacts.Find(identity.Key) is not null || _store.Find(identity.Key) is not null;

    internal void GiveBack(TrialIdentity identity)
    {
        _store.GiveBack(identity.Key);
        Log?.Invoke($"{identity.Key[..8]} given back");
    }

    /// <summary>Lets a trial be run again whose artifact turned out to be damaged: nobody answers from it any more.</summary>
    internal void Discard(TrialRecord damaged)
    {
        _artifacts.Remove(damaged.Artifact!);
        _store.Forget([damaged.Key]);
    }

    /// <summary>Lets trials that failed be run again.</summary>
    internal void ForgetFailed() => _store.Forget([.. _store.Done().Where(trial => trial.Failure is not null).Select(trial => trial.Key)]);

    /// <summary>A place for the state of a long training.</summary>
    internal TrainingCheckpoint Checkpoint(string key)
    {
        string folder = CheckpointsOf(_folder);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StudyException($"{folder}: cannot be made ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')})", error);
        }

        return new TrainingCheckpoint(Path.Combine(folder, $"{key}.ckpt"), BetweenCheckpoints, keep: true);
    }

    /// <summary>Removes the state of a training that is over. What cannot be removed is in nobody's way.</summary>
    internal static void Remove(TrainingCheckpoint place)
    {
        try
        {
            place.Delete();
            Stages.LearningCurve.Delete(place);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // `studies prune` finds it.
        }
    }

    /// <summary>Whether an error is not a trial's but the study's: what it keeps could not be written.</summary>
    internal StudyException? Broken(UserErrorException error) =>
        error is { File: { } file, InnerException: IOException or UnauthorizedAccessException } && file.StartsWith(_folder, StringComparison.Ordinal)
            ? new StudyException(string.Create(CultureInfo.InvariantCulture, $"{error.Message}; what was done is kept, and the same command goes on when that is mended"), error)
            : null;

    public void Dispose() => _store.Dispose();
}
