using System.Globalization;
using Data;
using Data.Importers;
using Data.Titles;
using Tests.Data.Importers.Conversations;
using Workbench.Llm;

namespace Tests.Workbench.Llm;

/// <summary>Real replies against real turns, per item: the figures of He et al. (2023), computed here by their definitions.</summary>
public sealed class PublishedFiguresTests(ITestOutputHelper output)
{
    [Fact]
    public void GPT_4_on_INSPIRED_reaches_the_published_figures_by_the_recorded_matches()
    {
        ConversationSource source = RealData.Open("inspired");
        Item[] items = Items(source);
        var matcher = RecordedMatcher.Of(items);
        List<(int? Rank, Turn Turn)> units = Units(source, "gpt-4", reply => matcher.Match(reply).Items);
        IReadOnlyDictionary<string, double> published = Published();

        Assert.Equal(211, units.Count);
        foreach (int k in (int[])[1, 5, 10, 20])
        {
            Check($"recall@{k}", units.Select(unit => unit.Rank <= k ? 1.0 : 0));
            Check($"ndcg@{k}", units.Select(unit => unit.Rank <= k ? 1 / Math.Log2(unit.Rank.Value + 1) : 0));
            Check($"mrr@{k}", units.Select(unit => unit.Rank <= k ? 1.0 / unit.Rank.Value : 0));
        }

        void Check(string metric, IEnumerable<double> values)
        {
            (double mean, double error) = MeanAndError([.. values]);
            Assert.Equal(published[metric + "_mean"], mean, 1e-9);
            Assert.Equal(published[metric + "_se"], error, 1e-9);
        }
    }

    [Fact]
    public void Our_own_matcher_finds_most_of_what_GPT_4_names()
    {
        ConversationSource source = RealData.Open("inspired");
        Item[] items = Items(source);
        var matcher = new TitleMatcher(items, MentionCounts(source));
        MatchReport own = MatchReport.Of(source.Replies["gpt-4"].Select(reply => matcher.Match(reply.Reply)));
        MatchReport recorded = MatchReport.Of(source.Replies["gpt-4"].Select(reply => RecordedMatcher.Of(items).Match(reply)));
        output.WriteLine($"own {own} {own.MatchRate:0.000}");
        output.WriteLine($"recorded {recorded} {recorded.MatchRate:0.000}");
        Tell(Units(source, "gpt-4", reply => matcher.Match(reply.Reply).Items));

        // Every reply is a list of 20; the catalogue has 1,109 films, so many good titles have no item.
        Assert.Equal((228, 0), (own.Replies, own.Empty));
        Assert.InRange(own.Named, 4500, 4560);
        Assert.InRange(own.MatchRate, 0.45, 0.65);
    }

    [Fact]
    public void GPT_3_5_on_ReDIAL_is_read_whatever_its_replies_look_like()
    {
        ConversationSource source = RealData.Open("redial");
        var matcher = new TitleMatcher(Items(source), MentionCounts(source));
        MatchReport report = MatchReport.Of(source.Replies["gpt-3.5-turbo"].Select(reply => matcher.Match(reply.Reply)));
        output.WriteLine($"{report} {report.MatchRate:0.000}");
        List<(int? Rank, Turn Turn)> units = Units(source, "gpt-3.5-turbo", reply => matcher.Match(reply.Reply).Items);
        Tell(units);

        Assert.Equal(2165, units.Count);

        // 4 replies are empty, about 130 refuse or say nothing; a third of the names are genres, people and places.
        Assert.InRange(report.Empty, 100, 150);
        Assert.InRange(report.MatchRate, 0.6, 0.75);
        Assert.InRange(units.Count(unit => unit.Rank <= 5) / (double)units.Count, 0.08, 0.10);
    }

    /// <summary>Per target its rank in the list without what was mentioned before; null if it is not there.</summary>
    private static List<(int? Rank, Turn Turn)> Units(ConversationSource source, string model, Func<LlmReply, int[]> list)
    {
        var turns = source.Turns.ToDictionary(turn => turn.Id);
        var units = new List<(int?, Turn)>();
        foreach (LlmReply reply in source.Replies[model])
        {
            Turn turn = turns[reply.Turn];
            int[] unseen = [.. list(reply).Where(item => !turn.Mentioned.Contains(item))];
            foreach (int target in turn.Targets)
                units.Add((Array.IndexOf(unseen, target) is >= 0 and int at ? at + 1 : null, turn));
        }

        return units;
    }

    private void Tell(List<(int? Rank, Turn Turn)> units)
    {
        foreach (int k in (int[])[1, 5, 10, 20])
        {
            (double mean, double error) = MeanAndError([.. units.Select(unit => unit.Rank <= k ? 1.0 : 0)]);
            output.WriteLine($"hit@{k} {mean:0.0000} +- {error:0.0000}, n = {units.Count}");
        }
    }

    private static (double Mean, double Error) MeanAndError(double[] values)
    {
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length));
    }

    private static Item[] Items(ConversationSource source) =>
    [
        .. source.Items.Select(item =>
        {
            (string title, int? year) = TitleText.Parse(item.Title);
            return new Item(item.Id, title, year, item.Genres, null, item.ImdbId, ItemOrigin.Conversations) { More = item.More };
        }),
    ];

    /// <summary>What training and validation dialogues mention, to choose among remakes.</summary>
    private static int[] MentionCounts(ConversationSource source)
    {
        var counts = new int[source.Items.Count];
        foreach (int item in source.Turns.Where(turn => turn.Split != Split.Test).SelectMany(turn => turn.Mentioned.Concat(turn.Targets)))
            counts[item]++;
        return counts;
    }

    private static Dictionary<string, double> Published()
    {
        string file = Path.Combine(Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA")!, "inspired", "summary.gpt-4.oov-filtered.seen-excluded.csv");
        string[][] rows = [.. File.ReadLines(file).Select(line => line.Split(','))];
        string[] row = rows.Single(cells => cells[0] == "recommendation");
        return rows[0].Zip(row).Skip(1).ToDictionary(cell => cell.First, cell => double.Parse(cell.Second, CultureInfo.InvariantCulture));
    }
}
