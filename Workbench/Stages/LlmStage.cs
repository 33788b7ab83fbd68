using System.Globalization;
using Data;
using Trainers;
using Workbench.Experiments;
using Workbench.Llm;
using Workbench.Llm.Live;

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
        return experiment.Llms.ToDictionary(llm => llm.Label, llm => Match(llm, loaded.Dataset, task, turns, context));
    }

    private static LlmLists Match(Configuration llm, LinkedDataset dataset, TaskData task, IReadOnlyList<Turn> turns, RunContext context)
    {
        (IReadOnlyList<LlmReply> replies, IReadOnlyList<string> notes) = LlmReplies.Of(llm, dataset, turns, context);
        var byTurn = new Dictionary<string, LlmReply>();
        foreach (LlmReply reply in replies)
            byTurn[reply.Turn] = reply;

        Func<LlmReply, MatchedReply> match = Matcher((LlmOptions)llm.Options, dataset, llm.Name);
        var (lists, found, texts) = (new int[turns.Count][], new int[turns.Count][], new string?[turns.Count]);
        var matched = new List<MatchedReply>();
        (int without, int outside) = (0, 0);
        for (int query = 0; query < lists.Length; query++)
        {
            if (!byTurn.TryGetValue(turns[query].Id, out LlmReply? reply))
            {
                (lists[query], found[query], without) = ([], [], without + 1);
                continue;
            }

            matched.Add(match(reply));
            (found[query], texts[query]) = (matched[^1].Items, reply.Reply);
            int[] items = [.. matched[^1].Items.Select(item => item < 0 ? item : task.CatalogueRow[item])];
            outside += items.Count(item => item == TaskData.OutsideCatalogue);
            lists[query] = [.. items.Where(item => item != TaskData.OutsideCatalogue)];
        }

        return new LlmLists(lists, [Note(llm.Label, MatchReport.Of(matched), without, outside), .. notes]) { Texts = texts, Matched = found };
    }

    private static Func<LlmReply, MatchedReply> Matcher(LlmOptions options, LinkedDataset dataset, string model)
    {
        if (options.Matches == MatchSource.Own)
        {
            var matcher = new TitleMatcher(dataset.Items, dataset.Ratings.CountItems());
            return reply => matcher.Match(StructuredReply.AsList(reply.Reply));
        }

        var recorded = RecordedMatcher.Of(dataset.Items);
        return reply => reply.Matches is null
            ? throw new UserErrorException($"llm/{model}.jsonl has no recorded matches for turn {reply.Turn}: use `matches: own`")
            : recorded.Match(reply);
    }

    private static string Note(string model, MatchReport report, int without, int outside) => string.Create(CultureInfo.InvariantCulture,
        $"{model}: {report.Replies:N0} replies name {report.Named:N0} titles; {report.MatchRate:0.0 %} matched ({report.Exact:N0} exactly, {report.ByDistance:N0} by edit distance), ")
        + string.Create(CultureInfo.InvariantCulture,
        $"{report.Ambiguous:N0} ambiguous, {report.Unmatched:N0} matched to nothing, {outside:N0} outside the catalogue; {report.Empty:N0} replies name nothing, {without:N0} turns have no reply.");
}
