using System.Globalization;
using System.Text.Json;
using Trainers;
using Trainers.Checkpoints;

namespace Workbench.Studies;

/// <summary>
/// Trials that are kept: done once by whichever program, answered from then on. Trials of other studies in the same folder count too.
/// </summary>
/// <remarks><see cref="StudyRoot"/> says where. Checkpoints are files in any case: whoever takes a trial over on a machine that does not see them begins it anew.</remarks>
public sealed class Study : IDisposable
{
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(20);

    /// <summary>The folder of checkpoints among its files.</summary>
    internal const string Checkpoints = "checkpoints";

    private const string LeaderboardNote = "leaderboard";

    private const string ExperimentNote = "experiment";

    private const string ProgramNote = "program";

    private readonly ITrialStore _store;
    private readonly IArtifacts _artifacts;
    private readonly string _folder;
    private readonly string _place;
    private long _inVainSince;

    /// <param name="store">of its trials</param>
    /// <param name="artifacts">of all studies beside it</param>
    /// <param name="folder">where its files are</param>
    /// <param name="place">where it is, for messages</param>
    internal Study(ITrialStore store, IArtifacts artifacts, string folder, string place) => (_store, _artifacts, _folder, _place) = (store, artifacts, folder, place);

    internal ITrialStore Store => _store;

    internal IArtifacts Artifacts => _artifacts;

    /// <summary>Takes no trial: waits for what other programs make of them.</summary>
    public bool OnlyWatches { get; set; }

    /// <summary>Who does trials, as it is noted with each; null notes nobody.</summary>
    internal string? Worker { get; set; }

    /// <summary>Told in a line of each trial that this program begins, ends or gives back.</summary>
    internal Action<string>? Log { get; set; }

    /// <summary>Of a watcher: for how long every look at a trial has been in vain.</summary>
    internal TimeSpan WaitsFor => Interlocked.Read(ref _inVainSince) is var since and > 0 ? TimeProvider.System.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Opens or begins a study of this machine's.</summary>
    /// <param name="folder">of studies</param>
    /// <param name="name">of the experiment</param>
    /// <exception cref="StudyException">It cannot be used.</exception>
    public static Study Open(string folder, string name) => new SqliteStudies(folder).Open(name);

    public static string PathOf(string folder, string name) => new SqliteStudies(folder).PlaceOf(name);

    /// <summary>Keeps the leaderboard that came of it, for comparisons.</summary>
    internal void Remember(Reports.Leaderboard leaderboard) => _store.SetNote(LeaderboardNote, Reports.LeaderboardJson.Write(leaderboard));

    /// <summary>The last leaderboard, as leaderboard.json has it.</summary>
    /// <exception cref="UserErrorException">No run of it has come to its end.</exception>
    internal string Leaderboard() => _store.Note(LeaderboardNote) ?? throw new UserErrorException("no run of this study has come to its end yet", _place);

    /// <summary>Keeps the experiment, so that a program which knows the study's name alone can work on it.</summary>
    internal void Remember(Experiments.ExperimentSource experiment)
    {
        _store.SetNote(ExperimentNote, JsonSerializer.Serialize(experiment));
        _store.SetNote(ProgramNote, Stages.TrialIdentities.OfProgramHere.Text);
    }

    /// <summary>Somebody has run an experiment as this study.</summary>
    internal bool IsBegun => _store.Note(ExperimentNote) is not null;

    /// <summary>Refuses to work where results would be other trials than those that the run waits for.</summary>
    /// <exception cref="UserErrorException">Program or processor are not like those that began the study.</exception>
    internal void RequireSameProgram()
    {
        string here = Stages.TrialIdentities.OfProgramHere.Text;
        if (_store.Note(ProgramNote) is not { } begun || begun == here)
            return;
        string[] differ = [.. begun.Split('\n').Except(here.Split('\n')).Select(line => line.Split(" = ")[0])];
        string told = differ is ["instruction set"]
            ? $"this machine computes with {Trainers.Kernels.InstructionSet.Name}, the one that began the study with {begun.Split('\n').First(line => line.StartsWith("instruction set", StringComparison.Ordinal)).Split(" = ")[1]}, and results differ in their last digits: "
                + "set DOTNET_EnableAVX512=0 (or DOTNET_EnableAVX2=0) for all of them, and begin again"
            : "this is another build of the workbench than the one that began the study: use the same one everywhere";
        throw new UserErrorException(told, _place);
    }

    /// <summary>The experiment that was run last.</summary>
    /// <exception cref="UserErrorException">None was.</exception>
    internal Experiments.ExperimentSource Experiment() => _store.Note(ExperimentNote) is { } note
        ? JsonSerializer.Deserialize<Experiments.ExperimentSource>(note)!
        : throw new UserErrorException("no experiment was run as this study yet: `workbench run FILE` begins one", _place);

    /// <summary>Takes a trial; what another study knows of it counts as done, and what has lost its artifact does not.</summary>
    internal TrialTaking Take(TrialIdentity identity, string kind, string label)
    {
        string key = identity.Key;
        if (OnlyWatches)
        {
            TrialRecord? ended = _store.Find(key) is { } found && (found.Artifact is null || _artifacts.Has(found.Artifact)) ? found : null;
            Looked(isInVain: ended is null);
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

    /// <summary>Of these trials, those that are to be waited for: somebody is at them, or will be.</summary>
    internal IReadOnlySet<string> Awaited(IReadOnlyCollection<TrialIdentity> trials)
    {
        string[] keys = [.. trials.Select(trial => trial.Key)];
        if (!OnlyWatches)
            return _store.AreHeld(keys);
        IReadOnlySet<string> done = _store.AreDone(keys);
        Looked(isInVain: done.Count == 0);
        return keys.Except(done).ToHashSet();
    }

    private void Looked(bool isInVain)
    {
        if (!isInVain)
            Interlocked.Exchange(ref _inVainSince, 0);
        else
            Interlocked.CompareExchange(ref _inVainSince, TimeProvider.System.GetTimestamp(), 0);
    }

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
        string folder = Path.Combine(_folder, Checkpoints);
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
