using System.Diagnostics;
using Evaluation;
using Evaluation.Protocols;
using Trainers;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>Makes rows: fits, ranks, evaluates, once per seed. A row that fails is a row with its error, and stops no other.</summary>
internal sealed class RowRunner(TaskData task, EvaluationPlan plan, int depth, IReadOnlyList<long> seeds, RunContext context)
{
    internal RowOutcome Run(RowPlan row)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var (results, repeated) = (new List<EvaluationResult>(), new List<EvaluationResult>());
            Rankings? first = null;
            int fallbacks = 0;
            foreach (long seed in seeds)
            {
                RankedQueries ranked = row.Rank((ulong)seed);
                Rankings lists = ranked.Collect(depth, context.Threads, context.Cancellation);
                results.Add(Evaluator.Evaluate(task.Holdout, lists, plan, context.Cancellation));
                if (task.Repeated is { } again)
                    repeated.Add(Evaluator.Evaluate(again, lists, plan with { Protocols = [ProtocolCatalog.PerItem.Name], PopularityCounts = null }, context.Cancellation));
                if (first is null)
                    (first, fallbacks) = (lists, ranked.Ranker?.FallbacksUsed ?? 0);
            }

            return SeedMeans.Of(row, results, repeated, plan, clock.Elapsed.TotalSeconds / seeds.Count, fallbacks, first!);
        }
        catch (Exception error) when (error is not OperationCanceledException && Known(error) is not null)
        {
            return Failed(row, Known(error)!, clock.Elapsed.TotalSeconds);
        }
    }

    /// <summary>What a person can do something about. Anything else is a bug, and is not hidden in a row.</summary>
    private static string? Known(Exception error) => error switch
    {
        UserErrorException or EvaluationException => error.Message,
        OutOfMemoryException => "out of memory: lower `memory` or drop this row",
        AggregateException { InnerException: { } inner } => Known(inner),
        _ => null,
    };

    private static RowOutcome Failed(RowPlan row, string error, double seconds)
    {
        var failed = new LeaderboardRow(
            row.Label, row.Kind, row.Options, seconds, LeaderboardRow.Failed, error,
            new Dictionary<string, IReadOnlyDictionary<string, RowMetric>>());
        return new RowOutcome(row, failed, new Dictionary<(string, string), double[]>(), new Dictionary<string, int[]>(), null);
    }
}
