using Trainers.Options;
using Workbench.Search;
using Workbench.Search.Samplers;

namespace Workbench.Experiments;

/// <summary>How options that are given as distributions are searched: each such entry by itself, chosen on validation.</summary>
public sealed record SearchOptions
{
    /// <summary>Of an entry, where the file gives none.</summary>
    public const int DefaultTrials = 40;

    [Option("who proposes: tpe, a model of good and bad trials; random; sobol, evenly spread; grid, every combination")]
    public SamplerKind Sampler { get; init; } = SamplerKind.Tpe;

    [Option("trials of each searched entry; default 40, of a grid all", Min = 1, Max = 100_000)]
    public int? Trials { get; init; }

    [Option("of the proposals; default: the first of `seeds`", Min = 0)]
    public long? Seed { get; init; }

    [Option("trials that may run side by side: a proposal knows all but so many before it, however many `jobs` there are", Min = 1, Max = 1024)]
    public int Parallel { get; init; } = 8;

    [Option("grid: values of each number; choices, and whole numbers that are no more, are taken whole", Min = 1, Max = 1000)]
    public int GridPoints { get; init; } = 5;

    [Option("successive halving: trials of methods with epochs begin with few, and only the best go on; none runs each whole")]
    public HalvingOptions? Halving { get; init; }

    [Option("stop proposing after so many trials without a gain", Min = 1, Max = 100_000)]
    public int? Patience { get; init; }

    [Option("patience: what is a gain of the objective: more than this", Min = 0, Max = 1)]
    public double MinGain { get; init; }

    [Option("a trial that takes longer is stopped and has failed, e.g. 10m")]
    public Duration? TrialTime { get; init; }

    /// <summary>How many trials an entry gets at most: what is asked for, or the size of its space or grid.</summary>
    public int TrialsOf(SearchSpace space) => Sampler == SamplerKind.Grid
        ? Math.Min(Trials ?? int.MaxValue, new GridSampler(space, 0, GridPoints).Count)
        : Math.Min(Trials ?? DefaultTrials, space.Size ?? int.MaxValue);

    /// <summary>The schedule of a searched entry.</summary>
    /// <param name="entry">has a <see cref="Configuration.Space"/></param>
    /// <param name="seed">where the file gives none</param>
    public SearchSchedule Schedule(Configuration entry, ulong seed)
    {
        SearchSpace space = entry.Space ?? throw new ArgumentException($"{entry.Label} is not searched.", nameof(entry));
        var limits = new SearchLimits(TrialsOf(space), Parallel, Halving is { } halving ? new Halving(halving.MinEpochs, halving.Factor) : null, Patience, MinGain);
        ISampler sampler = SamplerCatalog.Create(Sampler, space, (ulong?)Seed ?? seed, GridPoints);
        return new SearchSchedule(space, sampler, limits, assignment => TrainingLength.Of(entry.At(assignment).Options)?.Epochs);
    }
}

/// <summary>Of <see cref="SearchOptions.Halving"/>.</summary>
public sealed record HalvingOptions
{
    [Option("of a trial's first piece", Min = 1, Max = 100_000)]
    public int MinEpochs { get; init; } = 4;

    [Option("one in so many goes on, with so many times the epochs", Min = 2, Max = 100)]
    public int Factor { get; init; } = 3;
}

/// <summary>What a run may use up: it ends with what it has by then.</summary>
public sealed record BudgetOptions
{
    [Option("no trial of a search begins after so long, e.g. 30m or 2h, unless there is nothing to choose from yet; without a search, no row begins")]
    public Duration? Time { get; init; }

    [Option("trials of all searched entries together", Min = 1, Max = 10_000_000)]
    public int? Trials { get; init; }

    [Option("money for live calls of language models, in the currency of their prices", Min = 0)]
    public double? Cost { get; init; }
}
