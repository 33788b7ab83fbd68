using Tests.Data;
using Tests.Trainers;
using Tests.Trainers.Kernels;
using Trainers;
using Trainers.Checkpoints;
using Trainers.Options;

namespace Tests.Contracts;

/// <summary>What every trainer of the catalogue keeps to when it is stopped and goes on, under its defaults and under every other choice that its options offer.</summary>
public sealed class CheckpointContractTests : IDisposable
{
    private static readonly Interactions Data = Planted.Interactions(users: 60, items: 33, seed: 6);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A trainer with one option set to another choice than its default; or with none.</summary>
    public static TheoryData<string, string> Variants
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (CatalogEntry<IItemEmbeddingTrainer> entry in TrainerCatalog.All.All)
            {
                data.Add(entry.Name, "");
                foreach (OptionSpec spec in OptionSpecs.Of(entry.OptionsType).Where(spec => spec.Choices.Count > 0 || spec.ValueType == typeof(bool)))
                {
                    if (spec.Property.DeclaringType == entry.OptionsType)
                        data.AddRange([.. OtherValues.Of(spec, spec.Default).Select(value => (entry.Name, $"{spec.Name}={OptionText.Of(value)}"))]);
                }
            }

            return data;
        }
    }

    private static object Options(string name, string setting)
    {
        Type type = TrainerCatalog.All[name].OptionsType;
        object options = Activator.CreateInstance(type)!;
        foreach (OptionSpec spec in OptionSpecs.Of(type))
        {
            object? value = OtherValues.Of(spec, spec.Default).FirstOrDefault(value => setting == $"{spec.Name}={OptionText.Of(value)}");
            if (value is not null)
                spec.Set(options, value);
        }

        return options;
    }

    private static float[] Train(string name, object options, TrainingRun run)
    {
        ItemEmbeddings embeddings = TrainerCatalog.All[name].Create(options).Train(Data, run);
        var scores = new float[embeddings.Count];
        (embeddings as IHistoryScorer)?.Score([.. Enumerable.Range(0, 21), 5], 0, scores);
        return [.. embeddings.Values, .. scores];
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_training_that_was_stopped_twice_gives_the_same_bits(string name, string setting)
    {
        object options = Options(name, setting);
        var reports = new ProgressLog();
        float[] expected = [];
        if (Record.Exception(() => expected = Train(name, options, new TrainingRun(Progress: reports))) is { } refusal)
        {
            // What this build or machine lacks, it says, and nothing is kept.
            Assert.Contains($"`{setting.Replace("=", ": ", StringComparison.Ordinal)}`", Assert.IsType<UserErrorException>(refusal).Message, StringComparison.Ordinal);
            Assert.Contains(setting, (string[])["engine=torch", "device=cuda"]);
            Assert.Throws<UserErrorException>(() => Train(name, options, new TrainingRun { Checkpoint = new(_folder["state"], TimeSpan.Zero) }));
            Assert.Empty(_folder.Files());
            return;
        }

        if (reports.Count == 1)
        {
            // One call of another library: there is no midway, which is said.
            Assert.Contains("keeps no checkpoint", Assert.Throws<UserErrorException>(() => Train(name, options, new TrainingRun { Checkpoint = new(_folder["state"], TimeSpan.Zero) })).Message, StringComparison.Ordinal);
            Assert.Empty(_folder.Files());
            return;
        }

        Assert.True(reports.Count > 7);

        // libtorch's sums depend on the number of threads, which then must stay.
        int Several(int threads) => setting == "engine=torch" ? 1 : threads;
        var resumed = new List<int>();
        TrainingCheckpoint Place() => new(_folder["state"], TimeSpan.Zero) { Resumed = resumed.Add };
        var seen = new List<TrainingProgress>();
        foreach ((int until, int threads) in ((int, int)[])[(2, 1), (5, 3)])
        {
            var log = new ProgressLog { CancelAfter = until };
            TrainingCheckpoint place = Place();
            Assert.ThrowsAny<OperationCanceledException>(() => Train(name, options, new TrainingRun(Threads: Several(threads), Progress: log, Cancellation: log.Cancellation) { Checkpoint = place }));
            Assert.Equal(until, place.Epoch);
            Assert.Equal(["state"], _folder.Files());
            seen.AddRange(log);
        }

        var last = new ProgressLog();
        Some.SameBits(expected, Train(name, options, new TrainingRun(Threads: Several(2), Progress: last) { Checkpoint = Place() }));
        Assert.Equal([2, 5], resumed);
        Assert.Equal(reports, [.. seen, .. last]);
        Assert.Empty(_folder.Files());
    }

    public static TheoryData<string> Names => [.. TrainerCatalog.All.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_checkpoint_that_is_kept_holds_the_end(string name)
    {
        object options = Options(name, "");
        TrainingCheckpoint place = new(_folder["state"], TimeSpan.FromDays(1), keep: true);
        float[] expected = Train(name, options, new TrainingRun { Checkpoint = place });
        Assert.Equal(["state"], _folder.Files());
        var log = new ProgressLog();
        Some.SameBits(expected, Train(name, options, new TrainingRun(Progress: log) { Checkpoint = place }));
        Assert.Empty(log);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_training_is_refused_in_one_line_that_says_why(string name)
    {
        object options = Options(name, "");
        string path = _folder["state"];
        var place = new TrainingCheckpoint(path, TimeSpan.Zero, keep: true);
        Train(name, options, new TrainingRun { Checkpoint = place });
        byte[] kept = File.ReadAllBytes(path);
        string Refused(string method, object other, Interactions data, ulong seed, int[]? validation = null)
        {
            var run = new TrainingRun(seed) { Checkpoint = place, Validation = validation };
            var e = Assert.Throws<UserErrorException>(() => TrainerCatalog.All[method].Create(other).Train(data, run));
            Assert.Equal(path, e.File);
            Assert.DoesNotContain('\n', e.Message);
            Assert.Equal(kept, File.ReadAllBytes(path));
            return e.What;
        }

        const string Advice = ": ask for the same, name another file, or delete it to begin anew";
        Assert.Equal($"is a checkpoint of {name} with seed 1 (now 2){Advice}", Refused(name, options, Data, 2));
        Assert.Equal($"is a checkpoint of {name} with other interactions{Advice}", Refused(name, options, Planted.Interactions(60, 33, seed: 7), 1));
        int[] next = [.. Enumerable.Range(0, Data.UserCount).Select(user => user % 30)];
        Assert.Equal($"is a checkpoint of {name} with other validation items{Advice}", Refused(name, options, Data, 1, next));
        object changed = Options(name, "");
        OptionSpecs.Find(changed.GetType(), "dimension")!.Set(changed, 48);
        Assert.Equal($"is a checkpoint of {name} with seed 1 (now 2), `dimension` 64 (now 48){Advice}", Refused(name, changed, Data, 2));
        string another = Names.First(other => other != name).Data;
        Assert.Equal($"is a checkpoint of {name}, not of {another}{Advice}", Refused(another, Options(another, ""), Data, 1));
    }
}
