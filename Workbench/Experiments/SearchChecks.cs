using System.Globalization;
using Trainers.Options;
using Workbench.Experiments.Binding;
using Workbench.Experiments.Yaml;
using Workbench.Search;
using Workbench.Search.Samplers;

namespace Workbench.Experiments;

/// <summary>Whether what is searched, and how, fit each other.</summary>
/// <param name="context">gets the mistakes</param>
/// <param name="root">of the file</param>
/// <param name="experiment">as bound</param>
internal sealed class SearchChecks(BindingContext context, YamlMapping root, Experiment experiment)
{
    private static readonly string[] Sections = ["baselines", "trainers", "rerankers"];

    public void Check()
    {
        if (!context.IsSound("search"))
            return;
        Configuration[] searched = [.. experiment.Configurations.Where(one => one.Space is not null)];
        SearchOptions options = experiment.Search, defaults = new();
        if (searched.Length == 0 && options != defaults && root.Find("search") is { } search && Array.TrueForAll(Sections, context.IsSound))
            context.Report(search.KeyMark, "`search` has no effect: nothing is searched; give an option a distribution such as `{ log: [1e-4, 1e-2] }`, or an entry `auto`");
        if (Key("grid_points") is { } points && options.GridPoints != defaults.GridPoints && options.Sampler != SamplerKind.Grid)
            context.Report(points.KeyMark, "`grid_points` has no effect without `sampler: grid`");
        if (Key("min_gain") is { } gain && options.MinGain != defaults.MinGain && options.Patience is null)
            context.Report(gain.KeyMark, "`min_gain` has no effect without `patience`");
        if (options.Sampler == SamplerKind.Grid)
            CheckGrids(searched, options);
        if (options.Halving is not null && searched.Length > 0 && searched.All(one => !HasLength(one)))
            context.Report(Key("halving")!.KeyMark, "`halving` has no effect: nothing that is searched trains in epochs");
    }

    private void CheckGrids(Configuration[] searched, SearchOptions options)
    {
        foreach (Configuration one in searched.Where(one => !GridSampler.IsSmall(one.Space!, options.GridPoints)))
        {
            context.Report(one.Where, string.Create(CultureInfo.InvariantCulture,
                $"the grid of `{one.Label}` has more than {GridSampler.MostPoints} points: search fewer options, lower `grid_points`, or use another sampler"));
        }
    }

    /// <summary>True if some value of what is searched makes a training with epochs.</summary>
    private static bool HasLength(Configuration configuration) =>
        TrainingLength.Of(configuration.Options) is not null
        || configuration.Space!.Grid(2, 1000).Any(one => TrainingLength.Of(AssignedOptions.Of(configuration.Options, one)) is not null);

    private YamlEntry? Key(string name) => (root.Find("search")?.Value as YamlMapping)?.Find(name);
}
