using Evaluation;
using Trainers;
using Workbench.Experiments;
using Workbench.Search;
using Workbench.Search.Running;
using Workbench.Studies;

namespace Tests.Workbench.Search.Running;

public sealed class ValidationTrialTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SearchJob Job(Configuration entry) => new(0, 0, entry.Space!.At([0.5]), 0, null);

    private (SearchOutcome? Outcome, IReadOnlyList<TrialRecord> Kept) Run(Func<FitRequest, Rankings> rank)
    {
        Configuration entry = SmallRun.Read("name: a\ntask: next-item\ndataset: { synthetic: {} }\nbaselines: [ease: { lambda: { log: [1, 100] } }]\n").Baselines[0];
        using Study study = Study.Open(_folder, "a");
        var trial = new ValidationTrial(entry, 1, rank, _ => 0.5, one => new TrialIdentity().With("options", one.Label), null);
        return (trial.TryRun(Job(entry), SmallRun.Context() with { Study = study }), study.Store.Done());
    }

    [Fact]
    public void What_fails_is_kept_with_its_reason()
    {
        (SearchOutcome? outcome, IReadOnlyList<TrialRecord> kept) = Run(_ => throw new UserErrorException("it diverged"));
        Assert.Equal((null, "it diverged", false), (outcome!.Value, outcome.Failure, outcome.IsMistake));
        Assert.Equal("it diverged", Assert.Single(kept).Failure);
        Assert.Equal("it diverged", Run(_ => new Rankings(0, 1, 1)).Outcome!.Failure);
    }

    [Fact]
    public void A_mistake_of_the_programs_is_told_and_kept_nowhere()
    {
        (SearchOutcome? outcome, IReadOnlyList<TrialRecord> kept) = Run(_ => throw new InvalidOperationException("index\nout of range"));
        Assert.Equal("a mistake of the program's: InvalidOperationException: index out of range", outcome!.Failure);
        Assert.True(outcome.IsMistake);
        Assert.Empty(kept);
        Assert.Equal(0.5, Run(_ => new Rankings(0, 1, 1)).Outcome!.Value);
    }

    [Fact]
    public void What_stops_the_run_is_no_trials_failure()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Run(_ => throw new OperationCanceledException()));
        Assert.Throws<StudyException>(() => Run(_ => throw new StudyException("the disk is full", new IOException())));
        Assert.Throws<StudyException>(() => Run(_ => throw new UserErrorException("cannot be written", Path.Combine(_folder, "checkpoints", "a.ckpt"), inner: new IOException("No space left on device"))));
        Assert.Equal(0.5, Run(_ => new Rankings(0, 1, 1)).Outcome!.Value);
    }
}
