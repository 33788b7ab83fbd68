using System.Diagnostics;
using System.Globalization;
using Evaluation;
using Trainers.Checkpoints;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Stages;
using Workbench.Studies;

namespace Workbench.Search.Running;

/// <summary>A trial: fits, ranks the validation queries and gives the objective. What has been given epochs before goes on from its checkpoint.</summary>
/// <param name="entry">what is searched</param>
/// <param name="seed">of all randomness</param>
/// <param name="rank">fits and ranks a configuration, for so many epochs, with a checkpoint</param>
/// <param name="judge">of the lists, the objective</param>
/// <param name="identify">what decides the value</param>
/// <param name="limit">a trial that takes longer has failed; null for none</param>
internal sealed class ValidationTrial(
    Configuration entry, ulong seed, Func<FitRequest, Rankings> rank, Func<Rankings, double> judge, Func<Configuration, TrialIdentity> identify, TimeSpan? limit) : ISearchTrial
{
    public SearchOutcome? TryRun(SearchJob job, RunContext context)
    {
        Configuration configuration = entry.At(job.Assignment);
        int? whole = TrainingLength.Of(configuration.Options)?.Epochs;
        bool isWhole = job.Epochs is null || job.Epochs == whole;
        int? epochs = whole is null ? null : job.Epochs ?? whole;
        TrialIdentity beginning = identify(configuration).With("seed", OptionText.Of((long)seed));
        TrialIdentity identity = beginning.With("epochs", OptionText.Of(isWhole ? null : epochs));
        if (context.Study is not { } study)
            return Run(configuration, job, null, context, epochs, isWhole);

        string label = configuration.Label + (isWhole ? "" : string.Create(CultureInfo.InvariantCulture, $", {epochs} epochs"));
        TrialTaking taking = study.Take(identity, TrialRecord.Search, label);
        if (taking.Done is { } done)
            return new SearchOutcome(done.Value, done.Failure, done.Seconds, epochs, isWhole);
        if (taking.Busy)
            return null;

        bool finished = false;
        try
        {
            // A training in one piece is short or has no epochs, or its checkpoint is of use where it was interrupted.
            TrainingCheckpoint place = study.Checkpoint(beginning.Key);
            SearchOutcome outcome = Run(configuration, job, place, context, epochs, isWhole);
            if (outcome.IsMistake && !context.KeepsMistakes)
                return outcome;
            study.Finish(new TrialRecord(identity.Key, TrialRecord.Search, label, outcome.Failure, outcome.Value, outcome.Seconds, null, "{}"));
            finished = true;
            if (isWhole || outcome.Failure is not null)
                Study.Remove(place);
            return outcome;
        }
        catch (Trainers.UserErrorException error) when (study.Broken(error) is { } broken)
        {
            throw broken;
        }
        finally
        {
            if (!finished)
                study.GiveBack(identity);
        }
    }

    private SearchOutcome Run(Configuration configuration, SearchJob job, TrainingCheckpoint? place, RunContext context, int? epochs, bool isWhole)
    {
        var clock = Stopwatch.StartNew();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        if (limit is { } most)
            late.CancelAfter(most);
        try
        {
            Rankings lists = rank(new FitRequest(configuration, seed, isWhole ? null : job.Epochs, place, context with { Cancellation = late.Token }));
            double value = judge(lists);
            if (limit is { } allowed && clock.Elapsed > allowed)
                return TooLong();
            return double.IsFinite(value) ? new SearchOutcome(value, null, clock.Elapsed.TotalSeconds, epochs, isWhole) : Failed("the objective is no number");
        }
        catch (Exception error) when (RowTrials.Unwrapped(error) is OperationCanceledException and not TooLargeException && limit is not null && !context.Cancellation.IsCancellationRequested)
        {
            return TooLong();
        }
        catch (Exception error) when (RowTrials.Known(RowTrials.Unwrapped(error)) is { } reason
            && !(RowTrials.Unwrapped(error) is Trainers.UserErrorException told && context.Study?.Broken(told) is not null))
        {
            return Failed(reason);
        }
        catch (Exception error) when (RowTrials.Unwrapped(error) is not (OperationCanceledException or StudyException or Trainers.UserErrorException))
        {
            // It stops no other trial, and is run again when the program has been mended.
            context.Study?.Log?.Invoke(error.ToString());
            return Failed(RowTrials.MistakeOf(error)) with { IsMistake = true };
        }

        SearchOutcome TooLong() => Failed(string.Create(CultureInfo.InvariantCulture, $"it took longer than {limit!.Value.TotalSeconds:0.###} s, the `trial_time`"));

        SearchOutcome Failed(string reason) => new(null, reason, clock.Elapsed.TotalSeconds, epochs, isWhole);
    }
}

/// <summary>What is to be fitted.</summary>
/// <param name="Configuration">with values for all options</param>
/// <param name="Seed">of all randomness</param>
/// <param name="StopAfter">epochs; null for all</param>
/// <param name="Place">of the training's state; null for nowhere</param>
/// <param name="Context">with the trial's own limit of time</param>
internal sealed record FitRequest(Configuration Configuration, ulong Seed, int? StopAfter, TrainingCheckpoint? Place, RunContext Context);
