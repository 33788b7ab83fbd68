using Evaluation;
using Microsoft.ML;
using Workbench.Experiments;
using Workbench.MlNet;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>A row that is to be made.</summary>
/// <param name="Label">unique in the leaderboard</param>
/// <param name="Kind"><c>baseline</c>, <c>trainer</c>, <c>llm</c> or <c>rerank</c></param>
/// <param name="Options">by name, as in YAML</param>
/// <param name="LearnedFrom">in words; asked for after ranking; null if from nothing</param>
/// <param name="Rank">fits and ranks with a seed</param>
public sealed record RowPlan(
    string Label,
    string Kind,
    IReadOnlyDictionary<string, object?> Options,
    Func<string?> LearnedFrom,
    Func<ulong, RankedQueries> Rank)
{
    public const string Baseline = "baseline";
    public const string Trainer = "trainer";
    public const string Llm = "llm";
    public const string Rerank = "rerank";

    /// <summary>The language model whose lists the row works on; null if none.</summary>
    public string? Model { get; init; }

    /// <summary>Everything that the row is made of, by which it is known again.</summary>
    public IReadOnlyList<Configuration> Parts { get; init; } = [];

    /// <summary>What is searched inside folds, in words; null if nothing is.</summary>
    public string? Searched { get; init; }

    /// <summary>Whether what it gives may be kept and answered another time: not where ranking leaves something else behind.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>The learning curve of a seed's training; asked for after ranking.</summary>
    public Func<ulong, IReadOnlyList<LearningPoint>> Learning { get; init; } = _ => [];

    /// <summary>The control that the row is, e.g. <c>fill-popular</c>; null if none.</summary>
    public string? Control { get; init; }
}

/// <summary>Queries with what a transformer appended to them; nothing is computed before it is read.</summary>
/// <param name="View">with RankedItems and Scores</param>
/// <param name="Ranker">the transformer that appended them, which counts fallbacks; null for one that has none</param>
public sealed record RankedQueries(IDataView View, RankingTransformer? Ranker)
{
    /// <summary>What the ranker is applied to; null where there is no ranker.</summary>
    public IDataView? Queries { get; init; }

    /// <summary>The lists of all queries: read from the view, or, with a ranker, ranked a block at a time, which gives the same.</summary>
    internal Rankings Collect(int depth, int threads, CancellationToken cancellation) => Lists ?? (Ranker is not null && Queries is not null
        ? RankingCollector.Collect(Queries, Ranker, depth, threads, cancellation)
        : RankingCollector.Collect(View, depth, threads, cancellation));

    /// <summary>The lists, where they are made already.</summary>
    internal Rankings? Lists { get; init; }
}
