using Workbench.Search;
using Workbench.Search.Samplers;

namespace Tests.Workbench.Search.Samplers;

/// <summary>The model finds more than chance does, of the same number of trials.</summary>
public sealed class TreeParzenTests
{
    private const int Trials = 40, Seeds = 31;

    /// <summary>Greater is better, 0 at the best.</summary>
    public static readonly Dictionary<string, (SearchSpace Space, Func<Assignment, double> Value)> Problems = new()
    {
        ["sphere"] = (SampleSpaces.Cube(4), one => -Numbers(one).Sum(x => (x - 0.3) * (x - 0.3))),
        ["valley"] = (SampleSpaces.Cube(2), one => -Rosenbrock(Numbers(one)[0], Numbers(one)[1])),
        ["training"] = (
            new SearchSpace(
            [
                new SearchParameter("rate", new NumberDomain(1e-4, 1e-1, Log: true)), new SearchParameter("dimension", new IntDomain(8, 256, Log: true)),
                new SearchParameter("dropout", new NumberDomain(0, 0.6, Log: false)), new SearchParameter("loss", new ChoiceDomain(["a", "b", "c", "d"])),
            ]), Training),
        ["conditional"] = (SampleSpaces.Conditional, Conditional),
    };

    private static double[] Numbers(Assignment one) => [.. one.Values.Select(value => (double)value.Value!)];

    private static double Rosenbrock(double x, double y)
    {
        (x, y) = (4 * x - 2, 4 * y - 1);
        return Math.Log(1 + (100 * (y - x * x) * (y - x * x)) + ((1 - x) * (1 - x)));
    }

    private static double Get(Assignment one, string name) => one.TryGet(name, out object? value) ? Convert.ToDouble(value, null) : double.NaN;

    /// <summary>A good rate that falls with the dimension, and a loss that is worth a little.</summary>
    private static double Training(Assignment one)
    {
        double rate = Math.Log10(Get(one, "rate")), size = Math.Log2(Get(one, "dimension"));
        Assert.True(one.TryGet("loss", out object? loss));
        double offset = rate - (-2 - (size - 5) * 0.2);
        return -(offset * offset) - (0.1 * (7 - size) * (7 - size)) - Math.Abs(Get(one, "dropout") - 0.2) - (loss is "c" ? 0 : 0.3);
    }

    private static double Conditional(Assignment one) => Get(one, "rate") is double.NaN
        ? -0.5 - Math.Pow(Get(one, "weight") - 0.5, 2)
        : -Math.Pow(Math.Log10(Get(one, "rate")) + 1.5, 2) - (Get(one, "exponent") is double.NaN ? 0.3 : Math.Pow(Get(one, "exponent") - 0.7, 2)) - (0.05 * Math.Pow(Math.Log2(Get(one, "dimension")) - 6, 2));

    /// <summary>The best of the trials, eight of which are always pending.</summary>
    internal static double Best(ISampler sampler, Func<Assignment, double> value, int trials = Trials)
    {
        var proposed = new List<Assignment>();
        for (int i = 0; i < trials; i++)
        {
            int known = Math.Max(0, i - 7);
            proposed.Add(sampler.Propose(i, [.. proposed.Take(known).Select(one => new Observation(one, [value(one)]))], [.. proposed.Skip(known)])!);
        }

        return proposed.Max(value);
    }

    private static double Median(string problem, Func<SearchSpace, ulong, ISampler> sampler)
    {
        (SearchSpace space, Func<Assignment, double> value) = Problems[problem];
        double[] best = [.. Enumerable.Range(0, Seeds).Select(seed => Best(sampler(space, (ulong)seed), value)).Order()];
        return best[Seeds / 2];
    }

    /// <summary>
    /// Measured, median regret of 31 seeds after 40 trials with 7 pending, random / sobol / tpe: sphere .056 .055 .024, valley .56 .56 .36,
    /// training .21 .21 .11, conditional .092 .109 .024. A quarter off the regret of chance is asked for.
    /// </summary>
    [Theory]
    [InlineData("sphere")]
    [InlineData("valley")]
    [InlineData("training")]
    [InlineData("conditional")]
    public void It_leaves_a_quarter_less_regret_than_chance(string problem)
    {
        double random = Median(problem, (space, seed) => new RandomSampler(space, seed));
        double tpe = Median(problem, (space, seed) => new TreeParzenSampler(space, seed));
        Assert.True(-tpe <= 0.75 * -random, $"{problem}: {tpe} after {random}");
    }

    [Fact]
    public void It_keeps_away_from_what_is_pending()
    {
        // One good point; with it pending eight times over, proposals spread more than without.
        SearchSpace space = SampleSpaces.Cube(1);
        Observation[] observed = [.. Enumerable.Range(0, 20).Select(i => new Observation(space.At([i / 20.0]), [-Math.Abs(i - 7)]))];
        Assignment[] pending = [.. Enumerable.Range(0, 8).Select(i => space.At([0.33 + i * 0.01]))];
        double[] free = Proposals(space, observed, []), crowded = Proposals(space, observed, pending);
        Assert.True(crowded.Average(x => Math.Abs(x - 0.36)) > 1.5 * free.Average(x => Math.Abs(x - 0.36)));
    }

    private static double[] Proposals(SearchSpace space, Observation[] observed, Assignment[] pending) =>
        [.. Enumerable.Range(0, 60).Select(seed => Numbers(new TreeParzenSampler(space, (ulong)seed).Propose(30, observed, pending)!)[0])];

    [Fact]
    public void It_keeps_away_from_what_failed()
    {
        SearchSpace space = SampleSpaces.Cube(1);
        Observation[] observed = [.. Enumerable.Range(0, 20).Select(i => new Observation(space.At([i / 20.0]), [i < 10 ? null : -Math.Abs(i - 11)]))];
        Assert.True(Proposals(space, observed, []).Count(x => x >= 0.45) >= 45);
    }

    [Fact]
    public void The_greatest_rung_that_enough_have_reached_is_what_counts()
    {
        // At the first rung small places are the best; of those that went on, great ones are.
        SearchSpace space = SampleSpaces.Cube(1);
        double[] few = Proposals(space, Rungs(space, 3), []), enough = Proposals(space, Rungs(space, 6), []);
        Assert.True(few.Count(x => x < 0.3) >= 45);
        Assert.True(enough.Count(x => x > 0.6) >= 45);
    }

    /// <summary>Every third trial, at most so many of them, has a second value.</summary>
    private static Observation[] Rungs(SearchSpace space, int most) =>
        [.. Enumerable.Range(0, 20).Select(i => new Observation(space.At([i / 20.0]), i % 3 == 0 && i / 3 >= 7 - most ? [-i, i] : [-i]))];
}
