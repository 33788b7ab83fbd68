using System.Globalization;
using Data;
using Trainers;
using Workbench.Experiments;
using Workbench.Llm;

namespace Workbench.Stages;

/// <summary>From recorded or live replies to lists of items: parse, match, and keep what is in the catalogue.</summary>
/// <remarks>Titles are matched against all items of the dataset, so that a film outside the catalogue is not mistaken for one inside.</remarks>
internal static class LlmStage
{
    /// <returns>by label of the configuration</returns>
    internal static IReadOnlyDictionary<string, LlmLists> Lists(Experiment experiment, LoadedDataset loaded, TaskData task, RunContext context)
    {
        if (experiment.Llms.Count == 0)
            return new Dictionary<string, LlmLists>();
        if (task.Queries.Turns is not { } turns)
            throw new UserErrorException("`llms` needs conversations: use `task: conversation`, or drop `llms`");

        context.Observer.StageBegins("matching the language models' titles");
        LlmReplies.RequireDistinct(experiment.Llms);
        return experiment.Llms.ToDictionary(llm => llm.Label, llm => Of(llm, loaded.Dataset, task, turns, context));
    }

    private static LlmLists Of(Configuration llm, LinkedDataset dataset, TaskData task, IReadOnlyList<Turn> turns, RunContext context)
    {
        (IReadOnlyList<LlmReply> replies, IReadOnlyList<string> notes) = LlmReplies.Of(llm, dataset, turns, context);
        var byTurn = new Dictionary<string, LlmReply>();
        foreach (LlmReply reply in replies)
            byTurn[reply.Turn] = reply;

        int[] answered = [.. Enumerable.Range(0, turns.Count).Where(query => byTurn.ContainsKey(turns[query].Id))];
        IReadOnlyList<MatchedReply> matched = new ReplyMatching(dataset, context).Of(llm, [.. answered.Select(query => byTurn[turns[query].Id])]);
        var (lists, found, texts) = (new int[turns.Count][], new int[turns.Count][], new string?[turns.Count]);
        Array.Fill(lists, []);
        Array.Fill(found, []);
        int outside = 0;
        foreach ((int query, MatchedReply reply) in answered.Zip(matched))
        {
            (found[query], texts[query]) = (reply.Items, byTurn[turns[query].Id].Reply);
            int[] items = [.. reply.Items.Select(item => item < 0 ? item : task.CatalogueRow[item])];
            outside += items.Count(item => item == TaskData.OutsideCatalogue);
            lists[query] = [.. items.Where(item => item != TaskData.OutsideCatalogue)];
        }

        return new LlmLists(lists, [Note(llm.Label, MatchReport.Of(matched), turns.Count - answered.Length, outside), .. notes]) { Texts = texts, Matched = found };
    }

    private static string Note(string model, MatchReport report, int without, int outside) => string.Create(CultureInfo.InvariantCulture,
        $"{model}: {report.Replies:N0} replies name {report.Named:N0} titles; {report.MatchRate:0.0 %} matched ({report.Exact:N0} exactly, {report.ByDistance:N0} by edit distance), ")
        + string.Create(CultureInfo.InvariantCulture,
        $"{report.Ambiguous:N0} ambiguous, {report.Unmatched:N0} matched to nothing, {outside:N0} outside the catalogue; {report.Empty:N0} replies name nothing, {without:N0} turns have no reply.");
}
