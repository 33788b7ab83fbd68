using System.Globalization;
using System.Text.RegularExpressions;
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
            string reply = lists.Texts[q] ?? "";
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

    /// <summary>
    /// The whole title stands there, not as a part of another one ("Iron Man 2 (2010)" does not name "Iron Man"), and not with another year.
    /// </summary>
    private static bool IsNamed(Item item, string reply)
    {
        (string main, IReadOnlyList<string> others) = TitleText.SplitAlsoKnownAs(item.Title);
        IEnumerable<string> titles = others.Append(TitleText.Display(main));
        if (item.More.TryGetValue(Item.AlsoKnownAsColumn, out string? known))
            titles = titles.Concat(known.Split(Item.AlsoKnownAsSeparator));
        string year = item.Year is { } released ? string.Create(CultureInfo.InvariantCulture, $"(?:{released - 1}|{released}|{released + 1})") : @"\d{4}";
        return reply.Length > 0 && titles.Any(title => title.Count(char.IsLetterOrDigit) >= LeastLetters && Regex.IsMatch(
            reply, $@"(?<![\w:&-] ?){Regex.Escape(title)}(?=\s*$|\s*[""\u201D'*,.;!?)\]]|\s*\((?:{year}|\D))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline));
    }
}
