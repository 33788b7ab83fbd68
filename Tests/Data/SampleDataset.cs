using Data;
using Trainers;

namespace Tests.Data;

/// <summary>Random linked datasets with every awkward value that the formats allow.</summary>
internal static class SampleDataset
{
    private static readonly string[] Texts =
    [
        "Heat", "Alien, or \"the other\"", "Amélie", "東京物語", "line\nbreak", "cr\r\nlf", " spaces ", "'quoted'", "\"", "a\\b", "😀", "null", "tab\there", "#", "-", "<b>&amp;",
    ];

    public static LinkedDataset Make(int seed, int maxUsers = 12, int maxItems = 9)
    {
        var random = new Random(seed);
        Item[] items = [.. Enumerable.Range(0, random.Next(1, maxItems + 1)).Select(row => MakeItem(random, row))];
        string[] users = [.. Enumerable.Range(0, random.Next(0, maxUsers + 1)).Select(row => $"s:{row}{Pick(random, "", ",x", "\"q\"", " é", "'")}")];
        Turn[] turns = [.. Enumerable.Range(0, random.Next(0, 9)).Select(row => MakeTurn(random, row, items.Length))];
        var replies = new Dictionary<string, IReadOnlyList<LlmReply>>();
        foreach (string model in new[] { "gpt-4", "meta/llama 2:7b", ".hidden~" }.Take(random.Next(0, 4)))
            replies[model] = [.. turns.Where(_ => random.Next(3) > 0).Select(turn => MakeReply(random, turn.Id, model))];

        return new LinkedDataset(
            Text(random),
            items,
            users,
            MakeRatings(random, users.Length, items.Length),
            turns,
            replies,
            new DatasetProvenance(random.Next(2) == 0, ["a (ratings)", Text(random)], [Text(random)], random.Next(2) == 0 ? null : Text(random), ""));
    }

    public static Interactions MakeRatings(Random random, int users, int items)
    {
        var rows = new List<(int User, int Item)>();
        for (int user = 0; user < users; user++)
            rows.AddRange(Enumerable.Range(0, items).Where(_ => random.Next(2) == 0).Select(item => (user, item)));
        rows = [.. rows.OrderBy(_ => random.Next())];
        return InteractionsBuilder.Build(
            users,
            items,
            [.. rows.Select(row => row.User)],
            [.. rows.Select(row => row.Item)],
            [.. rows.Select(_ => MakeRating(random))],
            [.. rows.Select(_ => random.Next(4) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(-1, 5))],
            1);
    }

    private static float MakeRating(Random random) => random.Next(6) switch
    {
        0 => float.NaN,
        1 => random.Next(1, 11) / 2f,
        2 => BitConverter.Int32BitsToSingle(random.Next(1, 0x7F800000)),
        3 => -random.Next(0, 5) / 4f,
        4 => (float)random.NextDouble(),
        _ => random.Next(1, 6),
    };

    private static Item MakeItem(Random random, int row)
    {
        var more = new Dictionary<string, string>();
        if (random.Next(2) == 0)
            more["plot"] = Text(random);
        if (random.Next(3) == 0)
            more["people, all"] = Text(random);
        return new Item(
            $"i{row}{Pick(random, "", ",", "é", "\"")}",
            Text(random),
            random.Next(3) == 0 ? null : random.Next(1890, 2030),
            [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => Pick(random, "Drama", "Sci-Fi", "(no, really)"))],
            random.Next(2) == 0 ? null : $"{row}",
            random.Next(2) == 0 ? null : $"tt{row:0000000}",
            (ItemOrigin)random.Next(4))
        {
            More = more,
        };
    }

    private static Turn MakeTurn(Random random, int row, int items) => new(
        $"t{row}",
        $"c{row / 2}",
        (Split)(row / 2 % 3),
        random.Next(2) == 0 ? null : Text(random),
        random.Next(2) == 0 ? null : random.NextInt64(),
        [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => new Utterance((Role)random.Next(2), Text(random), Some(random, items)))],
        Some(random, items),
        Some(random, items),
        Some(random, items));

    private static LlmReply MakeReply(Random random, string turn, string model) => new(
        turn,
        model,
        Text(random),
        Text(random) + Text(random),
        random.Next(2) == 0 ? null : random.Next(),
        random.Next(2) == 0 ? null : [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => new RecordedMatch(Text(random), Text(random), random.Next(9)))])
    {
        Finish = random.Next(3) == 0 ? "length" : null,
    };

    private static int[] Some(Random random, int items) => [.. Enumerable.Range(0, items).Where(_ => random.Next(3) == 0).OrderBy(_ => random.Next())];

    private static string Text(Random random) => Pick(random, Texts);

    private static string Pick(Random random, params string[] texts) => texts[random.Next(texts.Length)];
}
