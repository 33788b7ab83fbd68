using Data;
using Data.Titles;
using Evaluation;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>Follows every target from the reply to the first places of the list: where is it lost?</summary>
internal sealed class TargetFunnels(LinkedDataset dataset, TaskData task, int k)
{
    /// <summary>Shorter titles ("It", "Up") stand in any text.</summary>
    private const int LeastLetters = 6;

    internal TargetFunnel Of(string model, LlmLists lists, Rankings ranked)
    {
        var turns = dataset.Turns.ToDictionary(turn => turn.Id);
        (int targets, int named, int matched, int inCatalogue, int listed, int inTop, int reachable) = (0, 0, 0, 0, 0, 0, 0);
        for (int q = 0; q < task.Queries.Count; q++)
        {
            Turn turn = turns[task.Queries.Ids[q]];
            string reply = turn.Targets.Length > 0 && lists.Texts[q] is { } text ? $" {TitleNormalizer.Normalize(text)} " : "";
            int[] list = RerankReview.Listed(ranked, q);
            foreach (int target in turn.Targets)
            {
                bool found = lists.Matched[q].Contains(target);
                int row = task.CatalogueRow[target];
                bool candidate = row >= 0 && task.Candidates?[row] != false;
                int place = found && candidate ? Array.IndexOf(list, row) : -1;
                targets++;
                reachable += candidate ? 1 : 0;
                named += found || IsNamed(dataset.Items[target], reply) ? 1 : 0;
                matched += found ? 1 : 0;
                inCatalogue += found && candidate ? 1 : 0;
                listed += place >= 0 ? 1 : 0;
                inTop += place >= 0 && place < k ? 1 : 0;
            }
        }

        return new TargetFunnel(model, targets, named, matched, inCatalogue, listed, inTop, reachable);
    }

    private static bool IsNamed(Item item, string reply)
    {
        if (reply.Length == 0)
            return false;
        IEnumerable<string> keys = TitleNormalizer.Variants(item.Title);
        if (item.More.TryGetValue(Item.AlsoKnownAsColumn, out string? others))
            keys = keys.Concat(others.Split(Item.AlsoKnownAsSeparator).Select(TitleNormalizer.Normalize));
        return keys.Any(key => key.Count(char.IsLetterOrDigit) >= LeastLetters && reply.Contains($" {key} ", StringComparison.Ordinal));
    }
}
