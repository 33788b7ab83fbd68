using Data;
using Tests.Architecture;
using Workbench.Llm;

namespace Tests.Workbench.Llm;

/// <summary>Precision and recall of parser and matcher on replies that were labelled by hand, see labelled-replies/README.md.</summary>
public sealed class LabelledReplyTests(ITestOutputHelper output)
{
    /// <summary>What was reached: raise it when something is mended, never lower it.</summary>
    private const double LeastPrecision = 0.98, LeastRecall = 0.98;

    private static readonly string Folder = Path.Combine(SourceFile.Root, "Tests", "Workbench", "Llm", "labelled-replies");

    private sealed record Labelled(string Style, string Reply, IReadOnlyList<(string Named, string? Item)> Labels);

    private static (Item[] Items, int[] Counts) Catalogue()
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(Folder, "catalogue.csv")).Select(line => line.Split(';'))];
        Item[] items = [.. rows.Select((row, i) => new Item($"i{i}", row[0], int.Parse(row[1], null), [], null, null, ItemOrigin.Both)
        {
            More = row[2].Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { [Item.AlsoKnownAsColumn] = row[2] },
        })];
        return (items, [.. rows.Select(row => int.Parse(row[3], null))]);
    }

    private static Labelled[] Replies(string file) =>
    [
        .. File.ReadAllText(Path.Combine(Folder, file)).Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(block =>
        {
            int end = block.IndexOf('\n', StringComparison.Ordinal);
            string[] parts = block[(end + 1)..].Split("\n---\n");
            return new Labelled(block[..end], parts[0], [.. parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(" => ")).Select(label => (label[0], label[1] == "none" ? null : label[1]))]);
        }),
    ];

    [Fact]
    public void Labels_are_items_and_pairs_are_many()
    {
        HashSet<string> known = [.. Catalogue().Items.Select(item => item.TitleWithYear)];
        Labelled[] replies = [.. Replies("replies.txt"), .. Replies("replies-later.txt")];
        Assert.All(replies.SelectMany(reply => reply.Labels).Where(label => label.Item is not null), label => Assert.Contains(label.Item!, known));
        Assert.True(replies.Sum(reply => reply.Labels.Count) >= 200);
        Assert.Equal(replies.Length, replies.DistinctBy(reply => reply.Style).Count());
    }

    [Theory]
    [InlineData("replies.txt")]
    [InlineData("replies-later.txt")]
    public void Precision_and_recall_are_as_reached(string file)
    {
        (Item[] items, int[] counts) = Catalogue();
        var matcher = new TitleMatcher(items, counts);
        (int right, int given, int expected, int pairs) = (0, 0, 0, 0);
        foreach (Labelled reply in Replies(file))
        {
            string[] wanted = [.. reply.Labels.Where(label => label.Item is not null).Select(label => label.Item!).Distinct()];
            string[] got = [.. matcher.Match(reply.Reply).Items.Select(item => items[item].TitleWithYear)];
            (right, given, expected, pairs) = (right + got.Intersect(wanted).Count(), given + got.Length, expected + wanted.Length, pairs + reply.Labels.Count);
            foreach (string wrong in got.Except(wanted))
                output.WriteLine($"{reply.Style}: {wrong} is not meant");
            foreach (string missing in wanted.Except(got))
                output.WriteLine($"{reply.Style}: {missing} is not found");
        }

        output.WriteLine(FormattableString.Invariant($"{file}: {pairs} pairs: precision {right}/{given} = {right / (double)given:0.000}, recall {right}/{expected} = {right / (double)expected:0.000}"));
        Assert.True(right >= LeastPrecision * given, "precision fell");
        Assert.True(right >= LeastRecall * expected, "recall fell");
    }
}
