using System.Globalization;
using Trainers.Options;
using Workbench.Search;

namespace Workbench.Experiments;

/// <summary>What an experiment would run, without any of its data.</summary>
/// <param name="Rows">of the leaderboard</param>
/// <param name="Fitted">baselines and trainers with fixed options, once per seed</param>
/// <param name="Searches">in the order of the file</param>
/// <param name="Seconds">of one job after the other; null if nothing is known of it</param>
/// <param name="Unknown">labels of what <see cref="Seconds"/> leaves out</param>
public sealed record Explanation(int Rows, int Fitted, IReadOnlyList<SearchedEntry> Searches, double? Seconds, IReadOnlyList<string> Unknown)
{
    /// <summary>Trials of all searches, at most.</summary>
    public int Trials => Searches.Sum(search => search.Trials * search.Rows);

    /// <summary>What trains: fixed rows, trials, and each chosen configuration once per seed.</summary>
    public int Trainings => Fitted + Searches.Where(search => search.Trains).Sum(search => search.Trials + search.Seeds);

    /// <param name="experiment">read and checked</param>
    /// <param name="secondsOf">what one training of a configuration, or one trial of a searched one, has taken before; null if that is not known</param>
    public static Explanation Of(Experiment experiment, Func<Configuration, double?>? secondsOf = null)
    {
        int seeds = experiment.Seeds.Count;
        Configuration[] trained = [.. experiment.Baselines, .. experiment.Trainers];
        SearchedEntry[] searches = [.. experiment.Configurations.Where(one => one.Space is not null).Select(one => SearchedEntry.Of(one, experiment))];
        (double? total, var unknown) = ((double?)null, new List<string>());
        foreach (Configuration one in trained)
        {
            SearchedEntry? search = Array.Find(searches, search => ReferenceEquals(search.Entry, one));
            if (secondsOf?.Invoke(one) is { } seconds)
                total = (total ?? 0) + seconds * (search is null ? seeds : search.Whole + seeds);
            else
                unknown.Add(one.Label);
        }

        int rows = trained.Length + experiment.Llms.Count + experiment.Llms.Count * experiment.Controls.Count + experiment.Combinations.Count;
        return new Explanation(rows, trained.Count(one => one.Space is null) * seeds, searches, total, unknown);
    }
}

/// <summary>A searched entry of an experiment.</summary>
/// <param name="Entry">with its space</param>
/// <param name="Rows">of the leaderboard that it makes: of a reranker one for each model and embeddings, each searched by itself</param>
/// <param name="Trials">of each of these rows, at most</param>
/// <param name="Seeds">with which the chosen configuration is run</param>
/// <param name="Rungs">epochs of the steps of successive halving, of a configuration whose searched options are at their defaults; empty without</param>
/// <param name="Whole">how many whole trainings the trials come to</param>
public sealed record SearchedEntry(Configuration Entry, int Rows, int Trials, int Seeds, IReadOnlyList<int> Rungs, double Whole)
{
    /// <summary>Trials train something; those of a reranker only rank.</summary>
    public bool Trains => Entry.Kind != ExperimentCatalogs.Reranker;

    internal static SearchedEntry Of(Configuration entry, Experiment experiment)
    {
        int trials = experiment.Search.TrialsOf(entry.Space!);
        int rows = entry.Kind != ExperimentCatalogs.Reranker ? 1
            : experiment.Combinations.Count(row => ReferenceEquals(row.Reranker, entry));
        IReadOnlyList<int> rungs = experiment.Search.Halving is { } halving && TrainingLength.Of(entry.Options) is { } length
            ? [.. new Halving(halving.MinEpochs, halving.Factor).Rungs(length.Epochs).Select(epochs => epochs!.Value)]
            : [];
        double whole = trials;
        if (rungs.Count > 0)
        {
            whole = 0;
            for (int rung = 0; rung < rungs.Count; rung++)
                whole += trials / Math.Pow(experiment.Search.Halving!.Factor, rung) * (rungs[rung] - (rung == 0 ? 0 : rungs[rung - 1])) / rungs[^1];
        }

        return new SearchedEntry(entry, rows, trials, experiment.Seeds.Count, rungs, whole);
    }

    /// <summary>One line without the options.</summary>
    public string Describe(Experiment experiment)
    {
        string sampler = OptionName.OfMember(experiment.Search.Sampler);
        string rows = Rows == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" for each of {Rows:N0} rows");
        string halving = Rungs.Count < 2 ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; epochs {string.Join(", ", Rungs)}, one in {experiment.Search.Halving!.Factor} goes on: about {Whole:0.#} whole trainings");
        return string.Create(CultureInfo.InvariantCulture, $"{Entry.Kind} {Entry.Label}: {Trials:N0} trials{rows} by {sampler}{halving}");
    }
}
