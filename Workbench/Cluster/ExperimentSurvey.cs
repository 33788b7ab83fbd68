using Evaluation;
using Workbench.Experiments;
using Workbench.Experiments.Binding;
using Workbench.Search;
using Workbench.Search.Running;
using Workbench.Search.Samplers;
using Workbench.Stages;

namespace Workbench.Cluster;

/// <summary>What one training of an entry needs.</summary>
/// <param name="Entry">a baseline or a trainer, searched or not</param>
/// <param name="Bytes">that it says it allocates; of a searched entry, the most of several places of its space. 0 if it does not say</param>
/// <param name="Seconds">that one has taken before; null if none has</param>
internal sealed record TrainingNeed(Configuration Entry, long Bytes, double? Seconds);

/// <summary>
/// What an experiment would need of a machine. The data is prepared as a worker does it, and each training is begun, and stopped where it says what it
/// is about to allocate: nothing is trained. What a training does not say, nobody knows before it is run.
/// </summary>
/// <param name="InUse">bytes before any training: data and program</param>
/// <param name="Needs">of each baseline and trainer, in the order of the file</param>
internal sealed record ExperimentSurvey(long InUse, IReadOnlyList<TrainingNeed> Needs)
{
    /// <summary>Places of a search space that are looked at.</summary>
    private const int Places = 8;

    /// <summary>What has said nothing by then trains already.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="experiment">read and checked</param>
    /// <param name="task">as workers prepare it</param>
    /// <param name="secondsOf">what a training has taken before; null if that is not known</param>
    /// <param name="context">of the looking program, without a study</param>
    public static ExperimentSurvey Of(Experiment experiment, TaskData task, Func<Configuration, double?> secondsOf, RunContext context)
    {
        long inUse = WorkerMemory.InUse();
        var plans = new RowPlans(experiment, task, new Dictionary<string, LlmLists>(), context);
        context.Observer.StageBegins("asking each method what it needs");
        return new ExperimentSurvey(
            inUse,
            [
                .. from entry in experiment.Baselines.Concat(experiment.Trainers)
                   select new TrainingNeed(entry, Samples(entry, (ulong)experiment.Seeds[0]).Select(one => BytesOf(one, (ulong)experiment.Seeds[0], plans, context)).DefaultIfEmpty(0).Max(), secondsOf(entry)),
            ]);
    }

    /// <summary>Of a searched entry, places spread over its space; what asks an endpoint is left alone.</summary>
    private static IEnumerable<Configuration> Samples(Configuration entry, ulong seed)
    {
        if (Member.Of(entry.Options.GetType()).Any(member => member.Name == "key_variable"))
            return [];
        if (entry.Space is not { } space)
            return [entry];
        var sampler = new SobolSampler(space, seed);
        var places = new List<Assignment>();
        while (places.Count < Places && sampler.Propose(places.Count, [], places) is { } next)
            places.Add(next);
        return places.Select(entry.At);
    }

    private static long BytesOf(Configuration one, ulong seed, RowPlans plans, RunContext context)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        late.CancelAfter(Patience);
        try
        {
            // There is no room for anything: whoever asks for some is stopped there, and says how much it was.
            Rankings unused = plans.Rank(new FitRequest(one, seed, 1, null, context with { Room = () => -1, Cancellation = late.Token }));
            return 0;
        }
        catch (Exception error) when (RowTrials.Unwrapped(error) is TooLargeException large)
        {
            return large.Bytes;
        }
        catch (Exception) when (!context.Cancellation.IsCancellationRequested)
        {
            // Its trial will tell why it fails.
            return 0;
        }
    }
}
