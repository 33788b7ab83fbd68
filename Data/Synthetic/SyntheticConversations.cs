using Trainers.Sampling;

namespace Data.Synthetic;

/// <summary>Dialogues between a seeker with tastes and somebody who recommends, each reply with items one turn to predict.</summary>
internal static class SyntheticConversations
{
    private static readonly string[] Greetings =
        ["Hi! What do you feel like watching?", "Hello, how can I help?", "Hey, looking for something for tonight?"];

    private static readonly string[] Vague =
        ["Something {0}, please. I have no title in mind.", "I am in the mood for {0}.", "Surprise me, but make it {0}."];

    private static readonly string[] Likes =
        ["I really enjoyed {0}. Anything like it?", "My favourites are {0}.", "I have seen {0} and want more of that.", "Last week I watched {0}, great fun."];

    private static readonly string[] Offers =
        ["You could try {0}.", "Have you seen {0}?", "I would recommend {0}.", "What about {0}? Many people like it."];

    internal static List<Turn> Make(
        SyntheticOptions options, TasteModel world, IReadOnlyList<Item> items, CancellationToken cancellation)
    {
        var turns = new List<Turn>();
        int seekers = Math.Max(1, options.Conversations * 2 / 3);
        for (int dialogue = 0; dialogue < options.Conversations; dialogue++)
        {
            cancellation.ThrowIfCancellationRequested();
            var random = SyntheticStream.Of(options, SyntheticPart.Dialogue, dialogue);
            int seeker = random.NextInt(seekers);
            long time = TasteModel.Start + ((TasteModel.Periods - 2) * TasteModel.PeriodSeconds) + (long)(random.NextDouble() * 2 * TasteModel.PeriodSeconds);
            var person = new Person(
                SyntheticStream.Of(options, SyntheticPart.Seeker, seeker), options,
                TasteModel.Start, TasteModel.Start + (TasteModel.Periods * TasteModel.PeriodSeconds));
            Split split = random.NextInt(10) switch { < 7 => Split.Train, 7 => Split.Validation, _ => Split.Test };
            new Dialogue(world, items, random, person, $"d{dialogue + 1}", split, $"seeker:{seeker + 1}", time).Append(turns);
        }

        return turns;
    }

    /// <summary>One dialogue as it grows.</summary>
    private sealed class Dialogue(
        TasteModel world, IReadOnlyList<Item> items, SplitMix64 random, Person seeker, string id, Split split, string user, long time)
    {
        private readonly List<Utterance> _said = [];
        private readonly List<int> _mentioned = [];

        internal void Append(List<Turn> turns)
        {
            _said.Add(new Utterance(Role.Recommender, Pick(Greetings), []));
            int exchanges = 1 + random.NextInt(3);
            for (int exchange = 0; exchange < exchanges; exchange++)
            {
                bool vague = exchange == 0 && random.NextInt(6) == 0;
                int[] liked = vague ? [] : Distinct(1 + random.NextInt(3));
                Say(Role.Seeker, vague ? Filled(Vague, Genre()) : Filled(Likes, Titles(liked)), liked);

                int[] offered = Offered(1 + (random.NextInt(4) == 0 ? 1 : 0));
                turns.Add(new Turn(
                    $"{id}:{exchange + 1}", id, split, user, time, [.. _said], [.. _mentioned],
                    [.. offered.Where(item => !_mentioned.Contains(item))], [.. offered.Where(_mentioned.Contains)]));
                Say(Role.Recommender, Filled(Offers, Titles(offered)), offered);
            }
        }

        private void Say(Role role, string text, int[] named)
        {
            _said.Add(new Utterance(role, text, named));
            _mentioned.AddRange(named.Where(item => !_mentioned.Contains(item)));
        }

        private int[] Offered(int count) =>
            _mentioned.Count > 0 && random.NextInt(8) == 0 ? [_mentioned[random.NextInt(_mentioned.Count)]] : Distinct(count);

        /// <summary>Items of the seeker's taste that conversations know and that were not named yet.</summary>
        private int[] Distinct(int count)
        {
            var chosen = new List<int>();
            for (int attempt = 0; chosen.Count < count && attempt < 200; attempt++)
            {
                int item = seeker.Choose(random, world, time, _mentioned.Count > 0 ? _mentioned[^1] : -1);
                if (items[item].Origin.HasFlag(ItemOrigin.Conversations) && !_mentioned.Contains(item) && !chosen.Contains(item))
                    chosen.Add(item);
            }

            return [.. chosen];
        }

        private string Genre() => SyntheticTitles.GenreNames[random.NextInt(SyntheticTitles.GenreNames.Length)].ToLowerInvariant();

        private string Titles(int[] named) => string.Join(" and ", named.Select(item => items[item].TitleWithYear));

        private string Pick(string[] texts) => texts[random.NextInt(texts.Length)];

        private string Filled(string[] texts, string what) => Pick(texts).Replace("{0}", what, StringComparison.Ordinal);
    }
}
