using Trainers.Sampling;
using Workbench.Reports;
using Workbench.Reports.Importance;

namespace Tests.Workbench.Reports.Importance;

/// <summary>Importance finds the order that was planted, whatever the kind of the options, and says so where it cannot know.</summary>
public sealed class FunctionalAnovaTests
{
    private static SearchHistory Search(int trials, Func<Dictionary<string, object?>, SplitMix64, double?> value, params (string Name, Func<SplitMix64, object?> Draw)[] options)
    {
        var random = new SplitMix64(5);
        var made = new List<SearchedTrial>();
        for (int t = 0; t < trials; t++)
        {
            var drawn = options.ToDictionary(option => option.Name, option => option.Draw(random));
            made.Add(new SearchedTrial(t, drawn, SearchedTrial.Ok, null, value(drawn, random), null, 1, t));
        }

        return new SearchHistory("row", "method", "random", "ndcg@10", [.. options.Select(option => option.Name)], made, 0);
    }

    private static double Of(Dictionary<string, object?> options, string name) => Convert.ToDouble(options[name], System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Shares_of_a_sum_are_its_variances()
    {
        // Var of 4 u, 2 v, w with u, v, w uniform: 16 : 4 : 1; the last option does nothing.
        SearchImportance found = FunctionalAnova.Of(Search(
            400, (o, _) => (4 * Of(o, "a")) + (2 * Of(o, "b")) + Of(o, "c"),
            ("c", r => r.NextDouble()), ("nothing", r => r.NextDouble()), ("a", r => r.NextDouble()), ("b", r => r.NextDouble())));
        Assert.Null(found.Remark);
        Assert.Equal(["a", "b", "c", "nothing"], found.Options.Select(option => option.Option));
        double[] expected = [16 / 21.0, 4 / 21.0, 1 / 21.0, 0];
        for (int i = 0; i < 4; i++)
            Assert.Equal(expected[i], found.Options[i].Share, 0.08);
        Assert.InRange(found.Together, 0, 0.12);
    }

    [Fact]
    public void Words_logarithms_and_conditions_count_as_what_they_are()
    {
        string[] words = ["als", "bpr", "libmf"];
        SearchHistory search = Search(
            200,
            (o, _) => (o["algorithm"] as string == "bpr" ? 1 : 0) + (0.3 * -Math.Abs(Math.Log10(Of(o, "rate")) + 2.5)) + (o["negatives"] is int n ? 0.01 * n : 0),
            ("rate", r => Math.Pow(10, -4 + (3 * r.NextDouble()))), ("algorithm", r => words[r.NextInt(3)]), ("negatives", r => r.NextInt(10)), ("flag", r => r.NextInt(2) == 1));
        search = search with { Trials = [.. search.Trials.Select(Conditional)], Logarithmic = ["rate"] };
        SearchImportance found = FunctionalAnova.Of(search);
        Assert.Equal(["algorithm", "rate", "flag", "negatives"], found.Options.Select(option => option.Option));
        Assert.True(found.Options[2].Share < 0.03);
        Assert.True(found.Options[0].Share > 0.6);

        // The number of negatives matters less than the learning rate among the trials that have it, and nothing of it is the algorithm's.
        Assert.Equal(search.Trials.Count(trial => trial.Options.ContainsKey("negatives")), found.Options[3].Trials);
        Assert.InRange(found.Options[3].Share, 0.005, 0.3);
        SearchImportance few = FunctionalAnova.Of(search with { Trials = [.. search.Trials.Take(20)] });
        Assert.True(few.Options[3].Trials < 10 && double.IsNaN(few.Options[3].Share));
    }

    /// <summary>The number of negatives is bpr's alone.</summary>
    private static SearchedTrial Conditional(SearchedTrial trial) => trial.Options["algorithm"] as string == "bpr" ? trial
        : trial with { Options = trial.Options.Where(option => option.Key != "negatives").ToDictionary() };

    [Theory]
    [InlineData(false, 0.001, 0.01, 0.1, true)]
    [InlineData(false, 0.1, 0.2, 0.3, false)]
    [InlineData(false, 1, 50, 100, false)]
    [InlineData(true, 0.1, 0.2, 0.3, true)]
    [InlineData(true, 0, 0.2, 0.3, false)]
    public void Numbers_are_seen_by_their_logarithm_where_they_are_searched_so_or_are_chosen_by_ratio(bool declared, double low, double middle, double high, bool isLog)
    {
        double[] values = [low, middle, high];
        SearchHistory search = Search(30, (_, r) => r.NextDouble(), ("a", r => values[r.NextInt(3)])) with { Logarithmic = declared ? ["a"] : [] };
        Assert.Equal(isLog, SearchedOption.Of(search, "a", search.Trials).IsLog);
    }

    [Fact]
    public void Options_that_act_only_together_leave_their_share_to_that()
    {
        SearchImportance found = FunctionalAnova.Of(Search(300, (o, _) => Of(o, "a") > 0.5 == Of(o, "b") > 0.5 ? 1 : 0, ("a", r => r.NextDouble()), ("b", r => r.NextDouble())));
        Assert.True(found.Together > 0.9, $"{found.Together}");
    }

    [Fact]
    public void Halved_trials_count_without_their_epochs()
    {
        SearchHistory search = Search(120, (o, _) => Of(o, "a") + (0.1 * Of(o, "b")), ("a", r => r.NextDouble()), ("b", r => r.NextDouble()));
        search = search with { Trials = [.. search.Trials.Select(trial => trial with { Epochs = trial.Number % 3 == 0 ? 9 : 3, Status = trial.Number % 3 == 0 ? "ok" : "stopped", Value = trial.Value + (trial.Number % 3 == 0 ? 5 : 0) })] };
        SearchImportance found = FunctionalAnova.Of(search);
        Assert.Equal(["a", "b"], found.Options.Select(option => option.Option));
        Assert.True(found.Options[0].Share > 0.7, $"{found.Options[0].Share}");

        // Where none was halved, epochs are an option like others.
        SearchHistory whole = Search(120, (o, _) => Of(o, "epochs") + (0.1 * Of(o, "b")), ("epochs", r => 1 + r.NextInt(9)), ("b", r => r.NextDouble()));
        whole = whole with { Trials = [.. whole.Trials.Select(trial => trial with { Epochs = (int)trial.Options["epochs"]! })] };
        Assert.True(FunctionalAnova.Of(whole).Options is [{ Option: "epochs", Share: > 0.8 }, ..]);
    }

    [Fact]
    public void It_is_the_same_each_time_and_refuses_what_it_cannot_know()
    {
        (string, Func<SplitMix64, object?>)[] options = [("a", r => r.NextDouble()), ("b", r => r.NextInt(4))];
        SearchHistory search = Search(30, (o, r) => Of(o, "a") + r.NextDouble(), options);
        Assert.Equal(FunctionalAnova.Of(search).Options, FunctionalAnova.Of(search).Options);
        SearchImportance few = FunctionalAnova.Of(search with { Trials = [.. search.Trials.Take(9)] });
        Assert.Empty(few.Options);
        Assert.Contains("9 trials", few.Remark, StringComparison.Ordinal);
        Assert.Contains("the same", FunctionalAnova.Of(Search(30, (_, _) => 0.5, options)).Remark, StringComparison.Ordinal);
        Assert.Contains("0 trials", FunctionalAnova.Of(Search(30, (_, _) => double.NaN, options)).Remark, StringComparison.Ordinal);
        Assert.Contains("0 trials", FunctionalAnova.Of(Search(30, (_, _) => null, options)).Remark, StringComparison.Ordinal);
        Assert.Contains("a is the only option", FunctionalAnova.Of(Search(30, (o, _) => Of(o, "a"), options[0])).Remark, StringComparison.Ordinal);
    }
}
