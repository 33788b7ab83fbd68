using Tests.Trainers;
using Tests.Trainers.Kernels;
using Trainers;
using Trainers.Options;

namespace Tests.Contracts;

/// <summary>What every trainer of the catalogue keeps. A new one is tested by being listed; there is no list of exceptions.</summary>
public sealed class TrainerContractTests
{
    private static readonly Interactions Data = Planted.Interactions(users: 80, items: 33, seed: 6);

    public static TheoryData<string> Names => [.. TrainerCatalog.All.All.Select(entry => entry.Name)];

    private static CatalogEntry<IItemEmbeddingTrainer> Entry(string name) => TrainerCatalog.All[name];

    private static ItemEmbeddings Train(string name, Interactions? interactions = null, TrainingRun? run = null) =>
        Entry(name).CreateDefault().Train(interactions ?? Data, run ?? new TrainingRun());

    private static void AssertFinite(ItemEmbeddings embeddings, Interactions interactions)
    {
        Assert.Equal(interactions.ItemCount, embeddings.Count);
        Assert.Equal(embeddings.Count * embeddings.Dimension, embeddings.Values.Length);
        Assert.All(embeddings.Values, value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_documented(string name)
    {
        Assert.EndsWith(".", Entry(name).Doc, StringComparison.Ordinal);
        Assert.All(OptionSpecs.Of(Entry(name).OptionsType), spec => Assert.Matches("^[^A-Z].{3,}[^.]$|^[A-Z]{2}.*[^.]$", spec.Doc));
        Assert.Equal("", OptionLabel.Of(Activator.CreateInstance(Entry(name).OptionsType)!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_seed_gives_one_result_whatever_the_threads(string name)
    {
        float[] expected = Train(name).Values;
        foreach (int threads in (int[])[1, 2, 3, 7])
            Some.SameBits(expected, Train(name, run: new TrainingRun(Threads: threads)).Values);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_seed_gives_another_result(string name) =>
        Assert.NotEqual(Train(name).Values, Train(name, run: new TrainingRun(Seed: 2)).Values);

    [Theory]
    [MemberData(nameof(Names))]
    public void There_is_a_finite_vector_per_item_and_zeros_for_what_nobody_has(string name)
    {
        ItemEmbeddings embeddings = Train(name);
        AssertFinite(embeddings, Data);
        int[] counts = Data.CountItems();
        Assert.Contains(0, counts);
        for (int item = 0; item < counts.Length; item++)
            Assert.Equal(counts[item] == 0, embeddings[item].IndexOfAnyExcept(0f) < 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_option_changes_the_result(string name)
    {
        // What these two declare chooses the interactions that the caller passes; the method itself never reads it.
        OptionSpec[] specs = [.. OptionSpecs.Of(Entry(name).OptionsType)
            .Where(spec => spec.Property.DeclaringType != typeof(SourceOptions) && spec.Property.DeclaringType != typeof(FitSplitOptions))];
        object Defaults() => Activator.CreateInstance(Entry(name).OptionsType)!;
        var results = new Dictionary<object, float[]>(); // Options are records: equal ones give one result.

        // An option may matter only under a certain choice of another one.
        var settings = new List<Action<object>> { _ => { } };
        foreach (OptionSpec spec in specs.Where(spec => spec.Choices.Count > 0 || spec.ValueType == typeof(bool)))
            settings.AddRange(OtherValues.Of(spec, spec.Default).Select(value => (Action<object>)(options => spec.Set(options, value))));

        foreach (OptionSpec spec in specs)
        {
            object?[] values = [spec.Default, .. OtherValues.Of(spec, spec.Default)];
            if (spec.Choices.Count > 0)
            {
                // Of a choice, every two values differ somewhere.
                foreach ((object? one, object? other) in values.SelectMany((one, i) => values.Take(i).Select(other => (one, other))))
                    Assert.True(settings.Any(setting => Differ(setting, spec, one, other)), $"`{spec.Name}` gives the same with {one} and {other}");
            }
            else
            {
                Assert.True(
                    settings.Any(setting => values[1..].Any(value => Differ(setting, spec, spec.Default, value))), $"no value of `{spec.Name}` changes the result");
            }
        }

        // The vectors; and how a history is scored, which has options of its own.
        float[] Result(object options)
        {
            if (results.TryGetValue(options, out float[]? known))
                return known;
            ItemEmbeddings embeddings = Entry(name).Create(options).Train(Data, new TrainingRun());
            var scores = new float[embeddings.Count];
            (embeddings as IHistoryScorer)?.Score([.. Enumerable.Range(0, 21), 5], 0, scores);
            return results[options] = [.. embeddings.Values, .. scores];
        }

        bool Differ(Action<object> setting, OptionSpec spec, object? one, object? other)
        {
            (object first, object second) = (Defaults(), Defaults());
            setting(first);
            setting(second);
            spec.Set(first, one);
            spec.Set(second, other);
            return !Result(first).SequenceEqual(Result(second));
        }
    }

    private sealed class CancelAtFirstReport(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public TrainingProgress? First { get; private set; }

        public void Report(TrainingProgress value)
        {
            First ??= value;
            source.Cancel();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_can_be_cancelled(string name)
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Train(name, run: new TrainingRun(Cancellation: new CancellationToken(canceled: true))));

        using var source = new CancellationTokenSource();
        var progress = new CancelAtFirstReport(source);
        Exception? exception = Record.Exception(() => Train(name, run: new TrainingRun(Threads: 2, Progress: progress, Cancellation: source.Token)));
        if (progress.First is { } first && first.Epoch < first.Epochs)
            Assert.IsAssignableFrom<OperationCanceledException>(exception);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Too_little_memory_is_refused_in_one_line(string name)
    {
        var e = Assert.Throws<UserErrorException>(() => Train(name, run: new TrainingRun(MemoryBytes: 1_000)));
        Assert.DoesNotContain('\n', e.Message);
        Assert.Contains("memory", e.Message, StringComparison.Ordinal);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_to_learn_from_is_refused_in_one_line(string name)
    {
        foreach (Interactions none in (Interactions[])[Planted.Of(3, []), Planted.Of(3, [[], []])])
            Assert.DoesNotContain('\n', Assert.Throws<UserErrorException>(() => Train(name, none)).Message);
    }

    public static TheoryData<string, string> Oddities
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string name in TrainerCatalog.All.All.Select(entry => entry.Name))
                data.AddRange([.. Odd.Keys.Select(odd => (name, odd))]);
            return data;
        }
    }

    /// <summary>What may be too little for some: where users have one item, or one user has all.</summary>
    private static readonly Dictionary<string, (Interactions Data, bool MayBeTooLittle)> Odd = new()
    {
        ["users with 0 and 1 interactions"] = (Planted.Of(5, [[], [2], [0, 1, 2], [], [3], [1, 3]]), false),
        ["a single item"] = (Planted.Of(1, [[0], [0], []]), true),
        ["a single interaction"] = (Planted.Of(4, [[2]]), true),
        ["one user"] = (Planted.Of(6, [[0, 1, 2, 3, 4]]), true),
        ["repetitions"] = (Planted.Of(4, [[0, 0, 0, 1], [1, 1], [2, 0, 2]]), false),
        ["items nobody has"] = (Planted.Of(50, [[7, 9], [9, 7, 30], [30, 7]]), false),
    };

    [Theory]
    [MemberData(nameof(Oddities))]
    public void Odd_data_gives_finite_vectors_and_scores(string name, string odd)
    {
        (Interactions data, bool mayBeTooLittle) = Odd[odd];
        if (!mayBeTooLittle || !IsTooLittle(name, data))
        {
            ItemEmbeddings embeddings = Train(name, data);
            AssertFinite(embeddings, data);
            AssertScores(embeddings);
        }
    }

    // Refused in one line that says so.
    private static bool IsTooLittle(string name, Interactions data)
    {
        if (Record.Exception(() => Train(name, data)) is not { } exception)
            return false;
        Assert.Matches($"^{name} has nothing to learn from: [^\n]{{20,150}}$", Assert.IsType<UserErrorException>(exception).Message);
        return true;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_item_everywhere_is_learned_from_or_refused(string name)
    {
        Interactions few = Planted.Of(4, [[0], [1], [2], [2]]), more = Planted.Of(4, [[0], [1], [2], [0], [0]]);
        bool refused = IsTooLittle(name, few);
        Assert.Equal(refused, IsTooLittle(name, more));
        if (!refused) // Vectors that nothing was learned from would be those of the seed.
            Assert.NotEqual(Train(name, few).Values, Train(name, more).Values);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_history_scorer_answers_any_history(string name) => AssertScores(Train(name));

    private static void AssertScores(ItemEmbeddings embeddings)
    {
        if (embeddings is not IHistoryScorer scorer)
            return;
        Assert.Equal(embeddings.Count, scorer.ItemCount);
        int last = embeddings.Count - 1;
        int[][] histories = [[], [0], [last], [0, 0, 0], [last, 0, last], [.. Enumerable.Range(0, embeddings.Count)], [.. Enumerable.Repeat(last, 2_000)]];
        float[][] expected = [.. histories.Select(Score)];
        Assert.All(expected, scores => Assert.All(scores, score => Assert.True(float.IsFinite(score))));
        var parallel = new float[64][];
        Parallel.For(0, parallel.Length, i => parallel[i] = Score(histories[i % histories.Length]));
        for (int i = 0; i < parallel.Length; i++)
            Some.SameBits(expected[i % histories.Length], parallel[i]);

        float[] Score(int[] history)
        {
            float[] scores = new float[embeddings.Count];
            scores.AsSpan().Fill(float.NaN);
            scorer.Score(history, 0, scores);
            return scores;
        }
    }
}
