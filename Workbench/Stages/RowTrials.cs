using System.Diagnostics;
using Evaluation;
using Trainers;
using Workbench.Studies;

namespace Workbench.Stages;

/// <summary>Fits and ranks a row with one seed, or answers from the study. What fails is a trial with its reason, and stops no other.</summary>
internal sealed class RowTrials(int depth, RunContext context, TrialIdentities? identities)
{
    /// <summary>Null: another program is at it.</summary>
    /// <exception cref="StudyException">The study cannot be kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal RowTrial? TryRun(RowPlan plan, ulong seed)
    {
        if (context.Study is not { } study || identities is null || !plan.IsKept)
            return Run(plan, seed);
        TrialIdentity identity = identities.Row(plan, seed);
        TrialTaking taking = study.Take(identity, TrialRecord.Row, plan.Label);
        if (taking.Done is { } done)
        {
            if (done.Failure is { } failure)
                return RowTrial.Failed(failure, done.Seconds);
            if (Answered(study, done) is { } answer)
                return answer;
            study.Discard(done);
            return TryRun(plan, seed);
        }

        return taking.Busy ? null : Keep(study, identity, plan, seed);
    }

    /// <summary>Does it for the study, if nobody else has.</summary>
    /// <returns>whether another program is at it</returns>
    /// <exception cref="StudyException">The study cannot be kept.</exception>
    /// <exception cref="TooLargeException">There is no room for it here.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal bool IsElsewhere(Study study, RowPlan plan, ulong seed)
    {
        TrialIdentity identity = identities!.Row(plan, seed);
        TrialTaking taking = study.Take(identity, TrialRecord.Row, plan.Label);
        if (taking.Mine)
            Keep(study, identity, plan, seed);
        return taking.Busy;
    }

    /// <summary>Of rows with seeds that another program is at, those that it still is.</summary>
    internal IReadOnlySet<T> Awaited<T>(IReadOnlyList<T> units, Func<T, (RowPlan Plan, ulong Seed)> of)
    {
        TrialIdentity[] trials = [.. units.Select(of).Select(unit => identities!.Row(unit.Plan, unit.Seed))];
        IReadOnlySet<string> keys = context.Study!.Awaited(trials);
        return units.Where((_, i) => keys.Contains(trials[i].Key)).ToHashSet();
    }

    /// <summary>Whether the study has it.</summary>
    internal bool IsKnown(RowPlan plan, ulong seed) => context.Study is { } study && identities is not null && plan.IsKept && study.Knows(identities.Row(plan, seed));

    private static RowTrial? Answered(Study study, TrialRecord done)
    {
        try
        {
            return study.Artifacts.Read(done.Artifact!) is { } bytes ? new RowTrial(RankingsFile.Read(bytes), null, null, done.Seconds, RowFacts.Of(done)) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private RowTrial Keep(Study study, TrialIdentity identity, RowPlan plan, ulong seed)
    {
        bool finished = false;
        try
        {
            RowTrial trial = Run(plan, seed);
            if (trial.Mistake is not null && !context.KeepsMistakes)
                return trial;
            if (trial.Mistake is { } mistake)
                study.Log?.Invoke(mistake.ToString());
            var record = new TrialRecord(identity.Key, TrialRecord.Row, plan.Label, trial.Failure, null, trial.Seconds, null, trial.Facts.ToJson());
            study.Finish(record, trial.Lists is { } lists ? stream => RankingsFile.Write(stream, lists) : null);
            finished = true;
            return trial;
        }
        finally
        {
            if (!finished)
                study.GiveBack(identity);
        }
    }

    private RowTrial Run(RowPlan plan, ulong seed)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            RankedQueries ranked = plan.Rank(seed);
            Rankings lists = ranked.Collect(depth, context.Threads, context.Cancellation);
            double seconds = clock.Elapsed.TotalSeconds;
            return new RowTrial(lists, null, null, seconds, new RowFacts(ranked.Ranker?.FallbacksUsed ?? 0, plan.LearnedFrom(), plan.Learning(seed)));
        }
        catch (Exception error) when (Unwrapped(error) is not (OperationCanceledException or StudyException))
        {
            double seconds = clock.Elapsed.TotalSeconds;
            return Known(Unwrapped(error)) is { } failure
                ? RowTrial.Failed(failure, seconds)
                : RowTrial.Failed(MistakeOf(error), seconds, error);
        }
    }

    /// <summary>What a person can do something about; null for a bug.</summary>
    internal static string? Known(Exception error) => error switch
    {
        UserErrorException or EvaluationException => error.Message,
        OutOfMemoryException => "out of memory: lower `memory` or drop this row",
        _ => null,
    };

    internal static string MistakeOf(Exception error) => $"a mistake of the program's: {Unwrapped(error).GetType().Name}: {Unwrapped(error).Message.ReplaceLineEndings(" ")}";

    internal static Exception Unwrapped(Exception error) => error is AggregateException { InnerException: { } inner } ? Unwrapped(inner) : error;
}
