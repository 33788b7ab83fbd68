using Trainers.Sampling;

namespace Workbench.Reports.Importance;

/// <summary>
/// Functional ANOVA over a random forest (Hutter, Hoos and Leyton-Brown: An Efficient Approach for Assessing Hyperparameter Importance, ICML 2014,
/// algorithms 1 and 2): a forest predicts the objective anywhere in the searched space, and an option's importance is the share of the prediction's
/// variance that its marginal, averaged over all values of the others, explains.
/// </summary>
/// <remarks>
/// <para>Legend: T trials, P options, L levels of an option.</para>
/// <para>Deviations: options are cut into at most 64 levels, so that a leaf is a product of bit sets; the space is what the trials reached, as the
/// declared bounds are not known here. An option that not all trials have is looked at among those that have it: over all of them it would be given
/// what the option that decides about it explains. Trials that were halved away count with their epochs as an option more, whose share is taken
/// out of the variance.</para>
/// <para>Deterministic: the trees' seeds are their numbers.</para>
/// </remarks>
public static class FunctionalAnova
{
    /// <summary>Below so many trials with a value nothing is said.</summary>
    public const int LeastTrials = 10;

    private const int Trees = 64;
    private const string Epochs = "";

    public static SearchImportance Of(SearchHistory search)
    {
        ArgumentNullException.ThrowIfNull(search);
        if (search.Parameters.Count == 1)
            return Refused(search.Trials.Count, $"{search.Parameters[0]} is the only option that was searched");
        SearchedTrial[] trials = [.. search.Trials.Where(trial => trial.Value is { } value && double.IsFinite(value))];
        if (trials.Length < LeastTrials)
            return Refused(trials.Length, FormattableString.Invariant($"{trials.Length} trials have a value; importance needs at least {LeastTrials}"));
        double[] values = [.. trials.Select(trial => trial.Value!.Value)];
        if (values.Max() - values.Min() <= 1e-12 * Math.Abs(values.Max()))
            return Refused(trials.Length, "all trials are worth the same: no option matters");

        string[] always = [.. search.Parameters.Where(name => trials.All(trial => trial.Options.ContainsKey(name)))];
        OptionImportance[]? found = Shares(search, trials, always);
        if (found is null)
            return Refused(trials.Length, "the trials do not differ by their options");
        return new SearchImportance(
            [.. found.OrderByDescending(option => option.Share), .. search.Parameters.Except(always).Select(name => WhereItIs(search, trials, name)).OrderByDescending(option => option.Share)],
            Math.Max(0, 1 - found.Sum(option => option.Share)), trials.Length, null);
    }

    private static OptionImportance WhereItIs(SearchHistory search, SearchedTrial[] trials, string name)
    {
        SearchedTrial[] having = [.. trials.Where(trial => trial.Options.ContainsKey(name))];
        string[] always = [.. search.Parameters.Where(other => having.All(trial => trial.Options.ContainsKey(other)))];
        return (having.Length < LeastTrials ? null : Shares(search, having, always))?.Single(option => option.Option == name) ?? new OptionImportance(name, double.NaN, double.NaN, having.Length);
    }

    /// <summary>Of options that all of the trials have; null if the trials do not differ by them.</summary>
    private static OptionImportance[]? Shares(SearchHistory search, SearchedTrial[] trials, string[] names)
    {
        double[] values = [.. trials.Select(trial => trial.Value!.Value)];
        OptionLevels[] options = [.. names.Select(name => OptionLevels.From(SearchedOption.Of(search, name, trials))), .. EpochsOf(search, trials)];
        var shares = new List<double[]>();
        for (ulong tree = 0; tree < Trees && options.Length > 0; tree++)
        {
            if (Shares(options, RegressionTree.Grow(options, values, SplitMix64.ForStream(1, tree))) is { } of)
                shares.Add(of);
        }

        return shares.Count == 0 ? null : [.. names.Select((name, p) => Summary(name, [.. shares.Select(share => share[p])], trials.Length))];
    }

    private static SearchImportance Refused(int trials, string remark) => new([], double.NaN, trials, remark);

    private static OptionImportance Summary(string name, double[] shares, int trials)
    {
        double mean = shares.Average();
        return new OptionImportance(name, mean, Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / Math.Max(1, shares.Length - 1)), trials);
    }

    private static IEnumerable<OptionLevels> EpochsOf(SearchHistory search, SearchedTrial[] trials)
    {
        if (trials.All(trial => trial.Status != SearchedTrial.Stopped) || trials.Select(trial => trial.Epochs).Distinct().Count() < 2)
            return [];
        SearchedTrial[] asOption = [.. trials.Select(trial => trial with { Options = new Dictionary<string, object?> { [Epochs] = trial.Epochs } })];
        return [OptionLevels.From(SearchedOption.Of(search, Epochs, asOption))];
    }

    /// <summary>P shares of a tree's variance, without that of the epochs if they are the last option; null if nothing is left.</summary>
    private static double[]? Shares(OptionLevels[] options, IReadOnlyList<Leaf> leaves)
    {
        double[][] sides = [.. leaves.Select(leaf => options.Select((option, p) => option.WeightOf(leaf.Levels[p])).ToArray())];
        double[] weights = [.. sides.Select(side => side.Aggregate(1.0, (product, weight) => product * weight))];
        double mean = leaves.Select((leaf, i) => weights[i] * leaf.Value).Sum();
        double variance = leaves.Select((leaf, i) => weights[i] * (leaf.Value - mean) * (leaf.Value - mean)).Sum();
        var explained = new double[options.Length];
        for (int p = 0; p < options.Length; p++)
        {
            for (int level = 0; level < options[p].Weights.Length; level++)
            {
                double marginal = 0;
                for (int i = 0; i < leaves.Count; i++)
                    marginal += (leaves[i].Levels[p] >> level & 1) == 1 ? leaves[i].Value * weights[i] / sides[i][p] : 0;
                explained[p] += options[p].Weights[level] * (marginal - mean) * (marginal - mean);
            }
        }

        double rest = options[^1].Name == Epochs ? variance - explained[^1] : variance;
        return rest > 1e-12 * Math.Max(variance, double.Epsilon) && variance > 0 ? [.. explained.Select(part => Math.Clamp(part / rest, 0, 1))] : null;
    }
}
