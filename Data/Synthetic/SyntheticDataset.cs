using Trainers;

namespace Data.Synthetic;

/// <summary>
/// A seeded linked dataset at any scale: tastes, drifting popularity, sequels, dialogues and a simulated language model.
/// It exercises the whole program without anybody's data; its figures say nothing about real people.
/// </summary>
public static class SyntheticDataset
{
    /// <summary>The simulated language model whose replies come with the dataset.</summary>
    public const string Model = SimulatedLlm.Model;

    /// <summary>Deterministic in the options, whatever the number of threads.</summary>
    /// <exception cref="UserErrorException">The ratings cannot be shared among the users.</exception>
    public static LinkedDataset Generate(SyntheticOptions options, CancellationToken cancellation = default)
    {
        var world = new TasteModel(options);
        Item[] items = Items(options, world);
        Interactions ratings = SyntheticRatings.Make(options, world, [.. items.Select(item => item.Origin.HasFlag(ItemOrigin.Ratings))], cancellation);
        List<Turn> turns = SyntheticConversations.Make(options, world, items, cancellation);
        var replies = new Dictionary<string, IReadOnlyList<LlmReply>>();
        if (turns.Count > 0)
            replies[SimulatedLlm.Model] = SimulatedLlm.Reply(options, world, items, turns);
        string[] users = [.. Enumerable.Range(1, options.Users).Select(user => $"synthetic:{user}")];

        var provenance = new DatasetProvenance(
            Synthetic: true, Sources: ["synthetic"], Licences: ["synthetic: free of rights"], Linking: null, Fingerprint: "");
        return new LinkedDataset("synthetic", items, users, ratings, turns, replies, provenance);
    }

    private static Item[] Items(SyntheticOptions options, TasteModel world)
    {
        var random = SyntheticStream.Of(options, SyntheticPart.Items);
        (string Title, int Year)[] titles = SyntheticTitles.Make(options.Items, world.SequelOf, (ulong)options.Seed);
        var items = new Item[options.Items];
        for (int i = 0; i < items.Length; i++)
        {
            double u = random.NextDouble();
            ItemOrigin origin = u < options.UnratedShare ? ItemOrigin.Conversations
                : u < options.UnratedShare + options.UnmentionedShare ? ItemOrigin.Ratings
                : ItemOrigin.Both;
            string[] genres =
            [
                .. new[] { world.MainTaste[i], world.SideTaste[i] }
                    .Select(taste => SyntheticTitles.GenreNames[taste % SyntheticTitles.GenreNames.Length])
                    .Distinct(),
            ];
            items[i] = new Item($"s{i + 1}", titles[i].Title, titles[i].Year, genres, null, null, origin);
        }

        return items;
    }
}
