using Trainers.Sampling;
using Workbench.Search;
using Workbench.Search.Samplers;

namespace Tests.Workbench.Search;

public sealed class SearchScheduleTests
{
    private static readonly SearchLimits Whole = new(Trials: 30, Lag: 4);

    private static readonly SearchLimits Halved = new(Trials: 27, Lag: 4, new Halving(1, 3));

    private static SearchSchedule Make(SearchLimits limits, SamplerKind kind = SamplerKind.Tpe, SearchSpace? space = null, int? length = 27)
    {
        space ??= SampleSpaces.Conditional;
        return new SearchSchedule(space, SamplerCatalog.Create(kind, space, 11, 3), limits, _ => length);
    }

    /// <summary>A number from the assignment's text, a little better with more epochs; some fail.</summary>
    private static double? Value(SearchJob job)
    {
        ulong hash = 1;
        foreach (char letter in job.Assignment.Text)
            hash = SplitMix64.Mix(hash + letter);
        return hash % 11 == 0 ? null : (hash % 1000 / 1000.0) + ((job.Epochs ?? 0) * 1e-4);
    }

    /// <summary>Runs to the end with so many jobs at a time, which finish in an order drawn by the seed.</summary>
    private static List<SearchJob> Run(SearchSchedule schedule, int jobs, ulong seed = 0, int most = int.MaxValue, Func<SearchJob, double?>? value = null)
    {
        var random = new SplitMix64(seed);
        var (given, running) = (new List<SearchJob>(), new List<SearchJob>());
        while (given.Count < most)
        {
            SearchStep step = running.Count < jobs ? schedule.Next() : SearchStep.Wait;
            if (step.Kind == SearchStepKind.Run)
            {
                running.Add(step.Job!);
                given.Add(step.Job!);
                continue;
            }

            if (running.Count == 0)
            {
                Assert.Equal(SearchStepKind.Done, step.Kind);
                break;
            }

            SearchJob ended = running[random.NextInt(running.Count)];
            running.Remove(ended);
            schedule.Record(new SearchResult(ended.Index, (value ?? Value)(ended)));
        }

        return given;
    }

    public static TheoryData<SamplerKind, bool> Cases => new()
    {
        { SamplerKind.Tpe, false }, { SamplerKind.Tpe, true }, { SamplerKind.Random, true }, { SamplerKind.Sobol, true }, { SamplerKind.Grid, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_jobs_are_the_same_however_many_run_and_however_they_finish(SamplerKind kind, bool halving)
    {
        SearchLimits limits = halving ? Halved : Whole;
        SearchSchedule alone = Make(limits, kind);
        List<SearchJob> expected = Run(alone, 1);
        Assert.Equal(expected.Count, expected.Select(job => (job.Assignment.Text, job.Epochs)).Distinct().Count());
        foreach (int jobs in (int[])[2, 3, 4, 9])
        {
            for (ulong seed = 0; seed < 4; seed++)
            {
                SearchSchedule schedule = Make(limits, kind);
                Assert.Equal(expected, Run(schedule, jobs, seed));
                Assert.Equal(alone.Choose(), schedule.Choose());
            }
        }
    }

    [Fact]
    public void It_goes_on_from_any_prefix_recorded_in_any_order()
    {
        List<SearchJob> expected = Run(Make(Halved), 1);
        for (int known = 0; known <= expected.Count; known++)
        {
            SearchJob[] before = [.. expected.Take(known)];
            SplitMix64.ForStream(3, (ulong)known).Shuffle(before.AsSpan());
            SearchSchedule schedule = Make(Halved);
            foreach (SearchJob job in before)
                schedule.Record(new SearchResult(job.Index, Value(job)));
            Assert.Equal(expected.Skip(known), Run(schedule, 2, 5));
        }
    }

    [Fact]
    public void Results_with_gaps_are_used_and_the_gaps_run_again()
    {
        List<SearchJob> expected = Run(Make(Whole), 1);
        SearchSchedule schedule = Make(Whole);
        foreach (SearchJob job in expected.Where(job => job.Trial % 3 != 1))
            schedule.Record(new SearchResult(job.Index, Value(job)));
        Assert.Equal(expected.Where(job => job.Trial % 3 == 1), Run(schedule, 2));
    }

    [Fact]
    public void So_many_jobs_as_the_lag_can_run_at_once()
    {
        SearchSchedule schedule = Make(Whole);
        Assert.Equal(4, Enumerable.Range(0, 10).Count(_ => schedule.Next().Kind == SearchStepKind.Run));
        Assert.Equal(SearchStepKind.Wait, schedule.Next().Kind);
        schedule.Record(new SearchResult(2, 0.5));
        Assert.Equal(SearchStepKind.Wait, schedule.Next().Kind);
        schedule.Record(new SearchResult(0, 0.5));
        Assert.Equal(4, schedule.Next().Job!.Index);
    }

    [Fact]
    public void One_in_three_goes_on()
    {
        SearchSchedule schedule = Make(Halved);
        List<SearchJob> jobs = Run(schedule, 3, value: job => ((job.Trial * 7) % 27) + (job.Rung * 0.01));
        int[] rungs = [.. Enumerable.Range(0, 4).Select(rung => jobs.Count(job => job.Rung == rung))];
        Assert.Equal(27, rungs[0]);
        for (int rung = 1; rung < 4; rung++)
        {
            // Asynchronous: at least as many as in the end should, and some that looked good early on.
            Assert.InRange(rungs[rung], rungs[rung - 1] / 3, rungs[rung - 1] / 3 + 4);
            int[] best = [.. Enumerable.Range(0, 27).OrderByDescending(trial => trial * 7 % 27).Take(27 / (int)Math.Pow(3, rung))];
            Assert.Subset(jobs.Where(job => job.Rung == rung).Select(job => job.Trial).ToHashSet(), best.ToHashSet());
        }

        Assert.All(jobs, job => Assert.Equal((int)Math.Pow(3, job.Rung), job.Epochs));
        Assert.All(jobs.Where(job => job.Rung > 0), job => Assert.Contains(jobs, before => before.Trial == job.Trial && before.Rung == job.Rung - 1 && before.Index <= job.Index - 4));
        Assert.True(jobs.Sum(job => job.Epochs) < 27 * 27 / 3);
        Assert.Equal(26, schedule.Choose()!.Trial * 7 % 27);
    }

    [Fact]
    public void A_trial_without_epochs_is_run_whole_and_once()
    {
        List<SearchJob> jobs = Run(Make(Halved, length: null), 2);
        Assert.Equal(27, jobs.Count);
        Assert.All(jobs, job => Assert.Equal((0, null), (job.Rung, job.Epochs)));
        Assert.All(Run(Make(Halved with { Halving = null }), 2), job => Assert.Null(job.Epochs));
        Assert.All(Run(Make(Halved, length: 1), 2), job => Assert.Equal((0, 1), (job.Rung, job.Epochs)));
    }

    [Fact]
    public void At_least_one_trial_is_run_whole()
    {
        SearchSchedule schedule = Make(new SearchLimits(2, 2, new Halving(2, 4)), length: 27);
        List<SearchJob> jobs = Run(schedule, 1, value: job => job.Trial);
        Assert.Equal([(0, 2), (1, 2), (1, 8), (1, 27)], jobs.Select(job => (job.Trial, job.Epochs!.Value)));
        Assert.Equal(jobs[^1], schedule.Choose());
    }

    [Fact]
    public void Only_trials_that_were_run_whole_are_chosen_if_any_was()
    {
        SearchSchedule schedule = Make(Halved);
        Run(schedule, 1, value: job => 1.0 - job.Rung * 0.1); // falls with epochs
        Assert.Equal((3, 27), (schedule.Choose()!.Rung, schedule.Choose()!.Epochs));
        Assert.Equal(0, schedule.Choose()!.Trial);

        SearchSchedule early = Make(Halved);
        Run(early, 1, most: 6, value: job => job.Trial);
        Assert.True(early.Choose()!.Rung < 3);
        Assert.Null(Make(Halved).Choose());
    }

    [Fact]
    public void If_everything_fails_it_ends_and_nothing_is_chosen()
    {
        foreach (SearchLimits limits in (SearchLimits[])[Whole, Halved])
        {
            SearchSchedule schedule = Make(limits);
            Assert.Equal(limits.Trials, Run(schedule, 2, value: job => job.Trial % 2 == 0 ? null : double.NaN).Count);
            Assert.Null(schedule.Choose());
        }
    }

    [Fact]
    public void It_stops_proposing_on_a_plateau()
    {
        SearchLimits patient = Whole with { Patience = 6, MinGain = 0.1 };
        List<SearchJob> jobs = Run(Make(patient), 4, value: job => Math.Min(job.Trial, 5) + job.Trial * 0.01);
        Assert.Equal(5 + 1 + 6 + 3, jobs.Count); // trial 5 was the last gain, six more were seen, three were pending
        Assert.Equal(30, Run(Make(patient), 4, value: job => job.Trial).Count);
    }

    [Fact]
    public void An_exhausted_space_ends_the_search()
    {
        Assert.Equal(7, Run(Make(Whole, SamplerKind.Tpe, SampleSpaces.Finite, null), 2).Count);
        Assert.Equal(7, Run(Make(Whole, SamplerKind.Sobol, SampleSpaces.Restricted, null), 2).Count);
    }

    [Theory]
    [InlineData(1, 3, 27, "1 3 9 27")]
    [InlineData(4, 3, 100, "4 12 36 100")]
    [InlineData(4, 2, 4, "4")]
    [InlineData(5, 2, 4, "4")]
    [InlineData(1, 100, 100000, "1 100 10000 100000")]
    public void Rungs_grow_by_the_factor_up_to_the_whole(int least, int factor, int whole, string expected) =>
        Assert.Equal(expected, string.Join(' ', new Halving(least, factor).Rungs(whole)));
}
