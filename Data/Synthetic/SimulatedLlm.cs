using System.Text;
using Trainers.Sampling;

namespace Data.Synthetic;

/// <summary>
/// Writes replies as a language model would: it knows the taste behind the mentioned items, leans to the popular, names few or many,
/// invents titles, drops years, misspells, chats and now and then refuses.
/// </summary>
internal static class SimulatedLlm
{
    internal const string Model = "simulated-llm";

    internal static List<LlmReply> Reply(SyntheticOptions options, TasteModel world, IReadOnlyList<Item> items, IReadOnlyList<Turn> turns)
    {
        var replies = new List<LlmReply>();
        for (int i = 0; i < turns.Count; i++)
        {
            if (turns[i].Split == Split.Train)
                continue;
            var random = SyntheticStream.Of(options, SyntheticPart.Reply, i);
            string prompt = Prompt(turns[i]);
            string reply = Text(options, world, items, turns[i], random);
            replies.Add(new LlmReply(turns[i].Id, Model, prompt, reply, (prompt.Length + reply.Length) / 4, null));
        }

        return replies;
    }

    private static string Prompt(Turn turn)
    {
        var text = new StringBuilder("Recommend up to 20 films for this conversation, one per line.\n");
        foreach (Utterance said in turn.Context)
            text.Append(said.Role == Role.Seeker ? "Seeker: " : "Recommender: ").Append(said.Text).Append('\n');
        return text.ToString();
    }

    private static string Text(SyntheticOptions options, TasteModel world, IReadOnlyList<Item> items, Turn turn, SplitMix64 random)
    {
        if (random.NextInt(50) == 0)
            return "I am sorry, but I cannot tell which film would suit you without knowing more.";

        int count = 6 + random.NextInt(13);
        List<int> named = Choose(options, world, items, turn, random, count);
        bool prose = random.NextInt(10) == 0;
        var text = new StringBuilder(prose ? "You might enjoy " : "");
        for (int i = 0; i < named.Count; i++)
        {
            string title = Written(items[named[i]], random);
            text.Append(prose ? (i == 0 ? "" : ", ") + $"\"{title}\"" : $"{i + 1}. {title}\n");
        }

        return (prose ? text.Append('.') : text).ToString().TrimEnd();
    }

    private static List<int> Choose(
        SyntheticOptions options, TasteModel world, IReadOnlyList<Item> items, Turn turn, SplitMix64 random, int count)
    {
        var named = new List<int>();
        for (int attempt = 0; named.Count < count && attempt < 400; attempt++)
        {
            int item = Candidate(world, turn, random);
            int other = Candidate(world, turn, random);
            if (random.NextDouble() < options.LlmPopularityBias && world.Popularity[other] > world.Popularity[item])
                item = other;
            if (items[item].Origin.HasFlag(ItemOrigin.Conversations) && !named.Contains(item) && !turn.Mentioned.Contains(item))
                named.Add(item);
        }

        return named;
    }

    private static int Candidate(TasteModel world, Turn turn, SplitMix64 random)
    {
        bool knows = turn.Mentioned.Length > 0 && random.NextInt(4) > 0;
        int taste = knows ? world.MainTaste[turn.Mentioned[random.NextInt(turn.Mentioned.Length)]] : random.NextInt(world.Tastes);
        return world.Draw(random, TasteModel.Periods - 1, taste);
    }

    private static string Written(Item item, SplitMix64 random) => random.NextInt(20) switch
    {
        0 => $"The Unheard {item.Title} Affair",
        1 => item.Title.Length > 9 ? item.Title.Remove(item.Title.Length / 2, 1) + $" ({item.Year})" : item.TitleWithYear,
        < 6 => item.Title,
        _ => item.TitleWithYear,
    };
}
