using Tests.Data;
using Trainers;
using Trainers.Checkpoints;

namespace Tests.Trainers.Checkpoints;

public sealed class EpochLoopTests : IDisposable
{
    private static readonly Interactions Data = Planted.Of(3, [[0, 1], [2]]);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    private sealed class Watch(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }

    private static CountingTraining Run(TrainingRun run, int epochs)
    {
        var training = new CountingTraining(7);
        new EpochLoop(new TrainingIdentity("counting", new FismOptions(), Data, run), run) { Epochs = epochs, IfDiverged = "count less" }.Run(training);
        return training;
    }

    [Fact]
    public void The_state_is_written_when_it_is_time()
    {
        var place = new TrainingCheckpoint(_folder["state"], TimeSpan.FromSeconds(10)) { Clock = _clock };
        var written = new List<int>();
        Run(new TrainingRun(Progress: new Watch(_ =>
        {
            written.Add(place.Epoch);
            _clock.Advance(4);
        })) { Checkpoint = place }, 10);
        Assert.Equal([0, 0, 0, 3, 3, 3, 6, 6, 6, 9], written); // Told before it is written.
        Assert.Equal(0, place.Epoch);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void An_interruption_between_epochs_writes_and_one_within_leaves_what_is_there()
    {
        using var source = new CancellationTokenSource();
        var place = new TrainingCheckpoint(_folder["state"], TimeSpan.FromDays(1));
        Assert.ThrowsAny<OperationCanceledException>(() => Run(new TrainingRun(Cancellation: source.Token, Progress: new Watch(report =>
        {
            if (report.Epoch == 4)
                source.Cancel();
        })) { Checkpoint = place }, 10));
        Assert.Equal(4, place.Epoch);

        place = new TrainingCheckpoint(_folder["state"], TimeSpan.FromDays(1));
        Assert.Throws<InvalidOperationException>(() => Run(new TrainingRun(Progress: new Watch(report =>
        {
            if (report.Epoch == 7)
                throw new InvalidOperationException();
        })) { Checkpoint = place }, 10));
        Assert.Equal(4, place.Epoch);
        CountingTraining resumed = Run(new TrainingRun { Checkpoint = place }, 10);
        Assert.Equal(Run(new TrainingRun(), 10).Counts, resumed.Counts);
        Assert.Equal(1, resumed.Restorations);
    }

    [Fact]
    public void A_file_left_by_someone_who_was_killed_is_no_hindrance()
    {
        File.WriteAllText(_folder["state.tmp"], "half");
        var place = new TrainingCheckpoint(_folder["state"], TimeSpan.Zero, keep: true);
        Run(new TrainingRun { Checkpoint = place }, 3);
        Assert.Equal(["state"], _folder.Files());
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_is_refused_before_the_first_epoch()
    {
        Directory.CreateDirectory(_folder["folder"]);
        var told = new ProgressLog();
        string Refused(string path) => Assert.Throws<UserErrorException>(() => Run(new TrainingRun(Progress: told) { Checkpoint = new TrainingCheckpoint(path, TimeSpan.Zero) }, 3)).Message;
        Assert.Equal($"{_folder["folder"]}: is a folder: name a file", Refused(_folder["folder"]));
        Assert.Matches("choose a folder that exists and is writable$", Refused(_folder["nowhere", "state"]));
        Assert.Empty(told);
    }

    [Fact]
    public void Fewer_epochs_than_were_made_are_refused()
    {
        var place = new TrainingCheckpoint(_folder["state"], TimeSpan.Zero, keep: true);
        Run(new TrainingRun { Checkpoint = place }, 8);
        Assert.Equal(
            $"{_folder["state"]}: is a checkpoint after epoch 8, but no more than 7 are asked for: ask for 8 at least, or delete it to begin anew",
            Assert.Throws<UserErrorException>(() => Run(new TrainingRun { Checkpoint = place }, 7)).Message);
        Assert.Equal(Run(new TrainingRun(), 9).Counts, Run(new TrainingRun { Checkpoint = place }, 9).Counts);
    }
}
