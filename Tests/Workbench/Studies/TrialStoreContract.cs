using Workbench.Studies;

namespace Tests.Workbench.Studies;

/// <summary>What every store of trials does, whatever keeps them.</summary>
public abstract class TrialStoreContract : IDisposable
{
    private readonly List<ITrialStore> _open = [];

    /// <summary>A store as another program has it.</summary>
    private protected abstract ITrialStore Open(string study = "study");

    /// <summary>Makes whoever has a store be taken for dead, which it is not told.</summary>
    private protected abstract void Presume(ITrialStore dead);

    private protected ITrialStore Store(string study = "study")
    {
        ITrialStore store = Open(study);
        _open.Add(store);
        return store;
    }

    public virtual void Dispose()
    {
        foreach (ITrialStore store in _open)
            store.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static TrialRecord Trial(string key, double? value = 0.5, string? failure = null) =>
        new(key, TrialRecord.Row, $"label of {key}", failure, value, 1.5, null, "{\"a\":1}");

    [Fact]
    public void A_trial_is_taken_once_and_answered_when_it_is_done()
    {
        (ITrialStore one, ITrialStore other) = (Store(), Store());
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        Assert.Equal(new TrialTaking(null, Busy: true), other.Take("a", TrialRecord.Row, "A"));
        Assert.Equal(new TrialTaking(null, Busy: true), one.Take("a", TrialRecord.Row, "A"));
        Assert.Equal(["row: A"], other.AtWork());
        one.Finish(Trial("a"));
        Assert.Equal(new TrialTaking(Trial("a"), Busy: false), other.Take("a", TrialRecord.Row, "A"));
        Assert.Equal([Trial("a")], other.Done());
        Assert.Empty(one.AtWork());
    }

    [Fact]
    public void What_is_given_back_is_anybodys()
    {
        (ITrialStore one, ITrialStore other) = (Store(), Store());
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        other.GiveBack("a");
        Assert.True(other.Take("a", TrialRecord.Row, "A").Busy);
        one.GiveBack("a");
        Assert.True(other.Take("a", TrialRecord.Row, "A").Mine);
    }

    [Fact]
    public void What_a_program_held_is_free_at_once_when_it_ends_in_order()
    {
        ITrialStore other = Store();
        using (ITrialStore one = Open())
            Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        Assert.Empty(other.AtWork());
        Assert.True(other.Take("a", TrialRecord.Row, "A").Mine);
    }

    [Fact]
    public void What_a_program_held_that_was_presumed_dead_is_free_and_its_result_comes_too_late()
    {
        (ITrialStore one, ITrialStore other) = (Store(), Store());
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        Assert.True(one.Take("b", TrialRecord.Row, "B").Mine);
        Presume(one);
        Assert.Empty(other.AtWork());
        Assert.Empty(other.AreHeld(["a", "b"]));
        Assert.True(other.Take("a", TrialRecord.Search, "A2").Mine);
        Assert.Equal(["search: A2"], other.AtWork());
        one.Finish(Trial("a", 0.1));
        one.GiveBack("a");
        Assert.Empty(one.Done());
        other.Finish(Trial("a", 0.2));
        Assert.Equal(0.2, Assert.Single(one.Done()).Value);

        // What nobody has taken over counts, late as it comes.
        one.Finish(Trial("b", 0.3));
        Assert.Equal(0.3, other.Find("b")!.Value);
    }

    [Fact]
    public void Only_who_holds_a_trial_can_finish_it_and_only_once()
    {
        (ITrialStore one, ITrialStore other) = (Store(), Store());
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        other.Finish(Trial("a", 0.1));
        other.GiveBack("a");
        Assert.Empty(one.Done());
        one.Finish(Trial("a", 0.2));
        one.Finish(Trial("a", 0.3));
        one.GiveBack("a");
        Assert.Equal(0.2, Assert.Single(other.Done()).Value);
        other.Finish(Trial("never taken"));
        Assert.Single(other.Done());
    }

    [Fact]
    public void Trials_are_kept_as_they_are_in_the_order_in_which_they_ended()
    {
        ITrialStore store = Store();
        TrialRecord[] trials =
        [
            Trial("b", null, "it diverged: ☠ \"x\", 'y'\n2"), Trial("a", 0.1 + 0.2), new("c", TrialRecord.Embeddings, "Amélie 映画 🎬 (λ=1)", null, null, 1e-9, new string('f', 64), "{\"t\":\"ß\\u0000\"}"),
            Trial("e", double.MaxValue), Trial("d", -0.0) with { Label = "", Facts = $"[{new string('7', 3_000_000)}]" },
        ];
        foreach (TrialRecord trial in trials.Reverse())
            Assert.True(store.Take(trial.Key, trial.Kind, trial.Label).Mine);
        Assert.Equal(5, store.AtWork().Count);
        foreach (TrialRecord trial in trials)
            store.Finish(trial);
        Assert.Equal(trials, Store().Done());
        Assert.Equal(trials[2], store.Find("c"));
        Assert.Null(store.Find("C"));
        Assert.Equal(trials[4], Store().Take("d", TrialRecord.Row, "").Done);
    }

    [Fact]
    public void Trials_that_are_forgotten_are_run_again_and_those_at_work_are_not_forgotten()
    {
        (ITrialStore one, ITrialStore other) = (Store(), Store());
        foreach (string key in (string[])["a", "b", "c"])
            Assert.True(one.Take(key, TrialRecord.Row, key).Mine);
        one.Finish(Trial("a"));
        one.Finish(Trial("b"));
        other.Forget(["a", "c", "nobody's"]);
        other.Forget([]);
        Assert.Equal([Trial("b")], one.Done());
        Assert.True(other.Take("c", TrialRecord.Row, "").Busy);
        Assert.True(other.Take("a", TrialRecord.Row, "").Mine);
        other.Finish(Trial("a", 0.75));
        Assert.Equal([Trial("b"), Trial("a", 0.75)], one.Done());
    }

    [Fact]
    public void Many_trials_are_looked_at_at_once()
    {
        (ITrialStore one, ITrialStore other) = (Store(), Store());
        string[] keys = [.. Enumerable.Range(0, 300).Select(i => $"key {i}")];
        foreach (string key in keys[..200])
            one.Take(key, TrialRecord.Row, key);
        foreach (string key in keys[..50])
            one.Finish(Trial(key));
        Assert.Equal(keys[..50].Order(), other.AreDone(keys).Order());
        Assert.Equal(keys[50..200].Order(), other.AreHeld(keys).Order());
        Assert.Empty(other.AreDone([]));
        Assert.Empty(other.AreHeld([]));
    }

    [Fact]
    public void Studies_know_nothing_of_each_others_trials_and_notes()
    {
        (ITrialStore one, ITrialStore other) = (Store("one"), Store("other"));
        Assert.True(one.Take("a", TrialRecord.Row, "A").Mine);
        Assert.True(other.Take("a", TrialRecord.Row, "A").Mine);
        one.Finish(Trial("a"));
        one.SetNote("n", "of one");
        Assert.Empty(other.Done());
        Assert.Null(other.Find("a"));
        Assert.Null(other.Note("n"));
        other.Forget(["a"]);
        Assert.Single(one.Done());
        Assert.Single(other.AtWork());
    }

    [Fact]
    public void Notes_are_kept()
    {
        ITrialStore store = Store();
        Assert.Null(store.Note("yaml"));
        store.SetNote("yaml", "name: a");
        store.SetNote("yaml", "name: ß\n");
        store.SetNote("empty", "");
        Assert.Equal("name: ß\n", Store().Note("yaml"));
        Assert.Equal("", store.Note("empty"));
    }

    [Fact]
    public async Task Of_many_threads_of_several_programs_one_gets_each_trial()
    {
        ITrialStore[] stores = [Store(), Store(), Store()];
        int[] taken = new int[60];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(() =>
        {
            ITrialStore store = stores[thread % stores.Length];
            for (int i = 0; i < taken.Length; i++)
            {
                string key = $"key {i}";
                if (!store.Take(key, TrialRecord.Row, "").Mine)
                    continue;
                int before = Interlocked.Increment(ref taken[i]);

                // Some are given back once, and done by whoever comes next.
                if (i % 7 == 0 && before == 1)
                {
                    store.GiveBack(key);
                    i--;
                    continue;
                }

                store.Finish(Trial(key, thread));
                Assert.True(store.Take(key, TrialRecord.Row, "").Done is { } done && done.Value == thread);
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        for (int i = 0; i < taken.Length; i++)
            Assert.Equal(i % 7 == 0 ? 2 : 1, taken[i]);
        Assert.Equal(60, stores[0].Done().Select(trial => trial.Key).Distinct().Count());
        Assert.Equal(60, stores[0].Done().Count);
        Assert.Empty(stores[0].AtWork());
    }
}
