using Data;
using Data.Importers;
using Data.Linking;
using Tests.Data.Importers.Conversations;
using Workbench.Llm;

namespace Tests.Workbench.Llm;

/// <summary>ReDIAL linked with MovieLens: what GPT-3.5's own list gives over the targets that have ratings.</summary>
public sealed class LinkedReplyTests(ITestOutputHelper output)
{
    [Fact]
    public void GPT_3_5_on_ReDIAL_reaches_what_a_prototype_gave()
    {
        ConversationSource source = RealData.Open("redial");
        string data = Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA")!;
        RatingsSource[] ratings = [.. new[] { "ml-1m", "ml-latest-small" }.Select(name => RatingsImporter.Open(Path.Combine(data, name), cancellation: TestContext.Current.CancellationToken))];
        LinkResult linked = Linker.Link(ratings, source);

        int[] counts = new int[linked.Items.Count];
        for (int s = 0; s < ratings.Length; s++)
        {
            foreach (int item in ratings[s].Ratings.Items)
                counts[linked.RatingItems[s][item]]++;
        }

        int[] map = linked.ConversationItems;
        var matcher = new TitleMatcher(linked.Items, counts);
        var turns = source.Turns.ToDictionary(turn => turn.Id);
        (int units, int unlinked, int[] hits, List<MatchedReply> all) = (0, 0, new int[21], []);
        foreach (LlmReply reply in source.Replies["gpt-3.5-turbo"])
        {
            Turn turn = turns[reply.Turn];
            var seen = turn.Mentioned.Select(item => map[item]).ToHashSet();
            MatchedReply matched = matcher.Match(reply.Reply);
            all.Add(matched);
            int[] list = [.. matched.Items.Where(item => counts[item] > 0 && !seen.Contains(item))];
            foreach (int target in turn.Targets.Select(item => map[item]).Distinct().Where(item => !seen.Contains(item)))
            {
                if (counts[target] == 0)
                {
                    unlinked++;
                    continue;
                }

                units++;
                int rank = Array.IndexOf(list, target);
                for (int k = 1; k < hits.Length; k++)
                    hits[k] += rank >= 0 && rank < k ? 1 : 0;
            }
        }

        var report = MatchReport.Of(all);
        output.WriteLine($"{report} {report.MatchRate:0.000}");
        output.WriteLine($"n = {units}, {unlinked} not linkable, hit@1 {hits[1] / (double)units:0.0000}, hit@5 {hits[5] / (double)units:0.0000}, hit@10 {hits[10] / (double)units:0.0000}, hit@20 {hits[20] / (double)units:0.0000}");
        Assert.InRange(units, 1850, 2100);
        Assert.InRange(hits[5] / (double)units, 0.090, 0.110);
        Assert.InRange(hits[10] / (double)units, 0.113, 0.135);
        Assert.InRange(report.MatchRate, 0.6, 0.8);
    }
}
