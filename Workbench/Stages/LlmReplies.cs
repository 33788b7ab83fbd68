using Data;
using Data.Storage;
using Trainers;
using Workbench.Experiments;
using Workbench.Llm;
using Workbench.Llm.Live;

namespace Workbench.Stages;

/// <summary>A model's replies to the turns of a task: recorded in the dataset, or asked for.</summary>
internal static class LlmReplies
{
    /// <returns>the replies, in any order, and what the report must say of them</returns>
    /// <exception cref="UserErrorException">There are none, or not all could be had.</exception>
    internal static (IReadOnlyList<LlmReply> Replies, IReadOnlyList<string> Notes) Of(Configuration llm, LinkedDataset dataset, IReadOnlyList<Turn> turns, RunContext context)
    {
        var options = (LlmOptions)llm.Options;
        if (options.Replies == ReplySource.Live)
            return Live(llm, dataset, turns, context);
        IReadOnlyList<LlmReply> recorded = Recorded(llm.Name, dataset);
        var asked = turns.Select(turn => turn.Id).ToHashSet(StringComparer.Ordinal);
        return (recorded, ReplyEnds.Notes(llm.Name, [.. recorded.Where(reply => asked.Contains(reply.Turn))]));
    }

    /// <summary>A line per model that is asked, and what is asked of it.</summary>
    internal static IReadOnlyList<string> Estimate(Experiment experiment, LinkedDataset dataset, TaskData task)
    {
        Configuration[] live = [.. experiment.Llms.Where(llm => ((LlmOptions)llm.Options).Replies == ReplySource.Live)];
        if (live.Length == 0 || task.Queries.Turns is not { } turns)
            return ["no language model is asked: nothing to pay"];
        Turn[] asked = AsLoaded(turns, dataset);
        return [.. live.Select(llm => new LiveModel(llm.Name, (LlmOptions)llm.Options).Estimate(asked, dataset.Items).ToString())];
    }

    /// <summary>Rows are told apart by their labels, which leave out what changes no result.</summary>
    internal static void RequireDistinct(IReadOnlyList<Configuration> llms)
    {
        if (llms.GroupBy(llm => llm.Label).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new UserErrorException($"{same.Last().Where}: the llm `{same.Key}` is given twice, with differences only in how it is asked: keep one of them");
    }

    private static IReadOnlyList<LlmReply> Recorded(string model, LinkedDataset dataset)
    {
        if (dataset.Replies.TryGetValue(model, out IReadOnlyList<LlmReply>? replies))
            return replies;
        string known = dataset.Replies.Count == 0 ? "it has none" : $"it has {string.Join(", ", dataset.Replies.Keys.Order(StringComparer.Ordinal))}";
        throw new UserErrorException($"the dataset has no recorded replies of `{model}` (llm/{model}.jsonl): {known}; `replies: live` asks for them");
    }

    private static (IReadOnlyList<LlmReply>, IReadOnlyList<string>) Live(Configuration llm, LinkedDataset dataset, IReadOnlyList<Turn> turns, RunContext context)
    {
        (string model, var options) = (llm.Name, (LlmOptions)llm.Options);
        KeptReplies? kept = context.Study is { } study ? new KeptReplies(study, llm, dataset, turns) : null;
        if (context.OthersWork && kept?.Read() is { } known)
            return (known.Replies, [known.Cost, .. ReplyEnds.Notes(model, known.Replies)]);
        if (context.KeepsMistakes)
            throw new UserErrorException($"`{model}` is asked live, and not by workers, each of which would ask again: `workbench run` asks first, with --on slurm before it submits; or `workbench llm record` its replies, and leave out `replies: live`");
        var asked = new LiveModel(model, options);
        Turn[] loaded = AsLoaded(turns, dataset);
        context.Observer.StageBegins($"asking {asked.Estimate(loaded, dataset.Items)}");
        LiveReplies live = asked.Ask(loaded, dataset.Items, context.Observer.StageBegins, context.Cancellation);
        context.Observer.StageBegins(live.Summary);
        kept?.Write(live);
        if (options.RecordTo is { } folder)
            ReplyRecording.Write(folder, model, live.Replies, context.Threads, context.Cancellation);
        return (live.Replies, [live.Cost, .. ReplyEnds.Notes(model, live.Replies)]);
    }

    /// <summary>The turns with the dataset's own item numbers: those of a task are its catalogue's.</summary>
    private static Turn[] AsLoaded(IReadOnlyList<Turn> turns, LinkedDataset dataset)
    {
        var loaded = dataset.Turns.ToDictionary(turn => turn.Id, StringComparer.Ordinal);
        return [.. turns.Select(turn => loaded[turn.Id])];
    }
}
