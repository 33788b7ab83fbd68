using System.Globalization;
using System.Reflection;
using Baselines;
using Tests.Baselines;
using Trainers;
using Trainers.Options;

namespace Tests.Contracts;

/// <summary>What every entry of the catalogue keeps; a new one is tested by being listed. No entry is skipped.</summary>
public sealed class BaselineContractTests
{
    private static readonly Interactions Some = Samples.Draw(users: 300, items: 130, seed: 5);

    private static readonly int[][] Histories = [[], [0], [3, 9, 14], [7, 3, 22, 39, 11, 5], [129], [.. Enumerable.Range(0, 130)]];

    public static TheoryData<string> Names => [.. BaselineCatalog.All.All.Select(entry => entry.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_seed_decides_and_the_number_of_threads_does_not(string name)
    {
        float[] expected = AllScores(Fit(name, new TrainingRun(Seed: 7)));
        foreach (int threads in new[] { 1, 2, 3, 7 })
            Assert.Equal(expected, AllScores(Fit(name, new TrainingRun(Seed: 7, Threads: threads))));
    }

    [Theory, MemberData(nameof(Names))]
    public void Scores_are_finite_and_cover_every_item(string name)
    {
        IHistoryScorer scorer = Fit(name, new TrainingRun());
        Assert.Equal(Some.ItemCount, scorer.ItemCount);
        foreach (int[] history in Histories)
        {
            var scores = new float[scorer.ItemCount];
            Array.Fill(scores, float.NaN);
            scorer.Score(history, 3, scores);
            Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_repeated_item_counts_once(string name)
    {
        IHistoryScorer scorer = Fit(name, new TrainingRun());
        Assert.Equal(Samples.Scores(scorer, 0, 3, 9, 14), Samples.Scores(scorer, 0, 3, 3, 9, 3, 14, 9));
    }

    [Theory, MemberData(nameof(Names))]
    public void Only_what_learns_from_nothing_looks_at_the_query(string name)
    {
        IHistoryScorer one = Fit(name, new TrainingRun());
        bool learns = Learns(name);
        Assert.Equal(learns, Samples.Scores(one, 1, 3, 9).SequenceEqual(Samples.Scores(one, 2, 3, 9)));
        IHistoryScorer other = BaselineCatalog.All[name].CreateDefault().Fit(Samples.Draw(300, 130, seed: 6), new TrainingRun());
        Assert.NotEqual(learns, Samples.Scores(one, 1, 3, 9).SequenceEqual(Samples.Scores(other, 1, 3, 9)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_option_changes_the_result(string name)
    {
        CatalogEntry<IBaseline> entry = BaselineCatalog.All[name];
        Assert.True(entry.OptionsType.IsSealed);
        float[] usual = AllScores(Fit(name, new TrainingRun()));
        foreach (PropertyInfo property in entry.OptionsType.GetProperties())
        {
            OptionAttribute? option = property.GetCustomAttribute<OptionAttribute>();

            // What these two declare chooses the interactions that the caller passes; the method itself never reads it.
            if (option is null || property.DeclaringType == typeof(SourceOptions) || property.DeclaringType == typeof(FitSplitOptions))
                continue;
            bool changes = Others(property, option, entry.OptionsType).Any(value =>
            {
                object options = Activator.CreateInstance(entry.OptionsType)!;
                property.SetValue(options, value);
                return !usual.SequenceEqual(AllScores(entry.Create(options).Fit(Some, new TrainingRun())));
            });
            Assert.True(changes, $"{name}: {OptionName.OfProperty(property.Name)} changes nothing");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_cancelled_run_ends(string name)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => { Fit(name, new TrainingRun(Cancellation: source.Token)); });
    }

    [Theory, MemberData(nameof(Names))]
    public void A_run_that_is_cancelled_on_its_way_ends(string name)
    {
        using var source = new CancellationTokenSource();
        var progress = new Told(source);
        IBaseline baseline = BaselineCatalog.All[name].CreateDefault();
        Interactions wide = Samples.Draw(users: 60, items: 300, seed: 8);
        Exception? error = Record.Exception(() => { baseline.Fit(wide, new TrainingRun(Progress: progress, Cancellation: source.Token)); });
        Assert.Equal(progress.Reports > 0, error is OperationCanceledException);
        Assert.InRange(progress.Reports, 0, 1);
    }

    [Theory, MemberData(nameof(Names))]
    public void No_more_memory_is_taken_than_the_budget_allows(string name)
    {
        Interactions wide = Samples.Draw(users: 200, items: 700, seed: 9, longest: 60);
        IBaseline baseline = BaselineCatalog.All[name].CreateDefault();
        baseline.Fit(wide, new TrainingRun());
        int refusals = 0;
        for (long budget = 1; budget < 1L << 30; budget = budget * 5 / 4 + 1)
        {
            var run = new TrainingRun(MemoryBytes: budget);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? error = Record.Exception(() => { baseline.Fit(wide, run); });
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            if (error is null)
            {
                // Small objects, loops and delegates come on top.
                Assert.InRange(taken, 0, budget + (256 << 10));
                Assert.Equal(Learns(name), refusals > 0);
                return;
            }

            refusals++;
            Assert.Contains("memory budget", Assert.IsType<UserErrorException>(error).Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }

        Assert.Fail($"{name} wants more than a gigabyte for 700 items");
    }

    [Theory, MemberData(nameof(Names))]
    public void Scoring_allocates_next_to_nothing(string name)
    {
        IHistoryScorer scorer = BaselineCatalog.All[name].CreateDefault().Fit(Samples.Draw(50, 1500, seed: 10), new TrainingRun());
        var scores = new float[scorer.ItemCount];
        scorer.Score([1, 2, 3], 0, scores);
        long before = GC.GetAllocatedBytesForCurrentThread();
        scorer.Score([1, 2, 3], 0, scores);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    [Theory, MemberData(nameof(Names))]
    public void Several_threads_may_score_at_once(string name)
    {
        IHistoryScorer scorer = Fit(name, new TrainingRun());
        float[][] expected = [.. Enumerable.Range(0, 200).Select(query => Samples.Scores(scorer, query, Histories[query % Histories.Length]))];
        var actual = new float[expected.Length][];
        Parallel.For(0, expected.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, query =>
            actual[query] = Samples.Scores(scorer, query, Histories[query % Histories.Length]));
        Assert.Equal(expected, actual);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_single_item_and_a_single_user_are_enough(string name)
    {
        IHistoryScorer scorer = BaselineCatalog.All[name].CreateDefault().Fit(Samples.Of(1, [(0, 5f, 100L)]), new TrainingRun());
        Assert.True(float.IsFinite(Assert.Single(Samples.Scores(scorer, 0, 0))));
        Assert.True(float.IsFinite(Assert.Single(Samples.Scores(scorer, 0))));
    }

    [Theory, MemberData(nameof(Names))]
    public void Nothing_to_learn_from_is_said_in_one_line(string name)
    {
        foreach (Interactions nothing in new[] { Samples.Of(4, [], []), Samples.Of(0) })
        {
            Exception? error = Record.Exception(() => { BaselineCatalog.All[name].CreateDefault().Fit(nothing, new TrainingRun()); });
            Assert.Equal(Learns(name), error is not null);
            if (error is not null)
                Assert.StartsWith($"{name} has nothing to ", Assert.IsType<UserErrorException>(error).Message, StringComparison.Ordinal);
        }
    }

    private static bool Learns(string name) => BaselineCatalog.All[name].OptionsType.IsSubclassOf(typeof(FitSplitOptions));

    private static IHistoryScorer Fit(string name, TrainingRun run) => BaselineCatalog.All[name].CreateDefault().Fit(Some, run);

    private static float[] AllScores(IHistoryScorer scorer) => [.. Histories.SelectMany((history, query) => Samples.Scores(scorer, query, history))];

    // Values within the option's range other than the default.
    private static IEnumerable<object> Others(PropertyInfo property, OptionAttribute option, Type optionsType)
    {
        object usual = property.GetValue(Activator.CreateInstance(optionsType))!;
        if (usual is bool flag)
            return [!flag];
        if (property.PropertyType.IsEnum)
            return Enum.GetValues(property.PropertyType).Cast<object>().Where(value => !value.Equals(usual));
        double number = Convert.ToDouble(usual, CultureInfo.InvariantCulture);
        double[] candidates = [number / 2, number * 2, number + 1, number + 3, 0, 1, 2, 30];
        return candidates.Where(value => value != number && value >= option.Min && value <= option.Max && !(option.MinExclusive && value == option.Min))
            .Select(value => Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
    }

    private sealed class Told(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public int Reports { get; private set; }

        public void Report(TrainingProgress value)
        {
            Reports++;
            Assert.InRange(value.Epoch, 1, value.Epochs - 1);
            source.Cancel();
        }
    }
}
