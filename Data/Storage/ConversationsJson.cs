using System.Text.Json;
using Trainers.Options;

namespace Data.Storage;

/// <summary>
/// conversations.jsonl: a turn per line with <c>turn, conversation, split, user, time, context, mentioned, targets,
/// repeated</c>; user and time are left out if they are not known; context is a list of <c>{role, text, items}</c>;
/// items are ids.
/// </summary>
internal static class ConversationsJson
{
    private static readonly string[] Keys = ["turn", "conversation", "split", "user?", "time?", "context", "mentioned", "targets", "repeated"];
    private static readonly string[] UtteranceKeys = ["role", "text", "items"];
    private static readonly string[] Splits = [.. Enum.GetValues<Split>().Select(OptionName.OfMember)];
    private static readonly string[] Roles = [.. Enum.GetValues<Role>().Select(OptionName.OfMember)];

    public static void Write(IReadOnlyList<Turn> turns, IReadOnlyList<Item> items, Stream destination, CancellationToken cancellation)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        JsonLines.Write(
            turns,
            destination,
            (json, turn) =>
            {
                ItemsCsv.RequireId("turn", turn.Id, ids);
                json.WriteString("turn", turn.Id);
                json.WriteString("conversation", turn.Conversation);
                json.WriteString("split", OptionName.OfMember(turn.Split));
                if (turn.User is not null)
                    json.WriteString("user", turn.User);
                if (turn.Time is { } time)
                    json.WriteNumber("time", time);
                json.WriteStartArray("context");
                foreach (Utterance utterance in turn.Context)
                {
                    json.WriteStartObject();
                    json.WriteString("role", OptionName.OfMember(utterance.Role));
                    json.WriteString("text", utterance.Text);
                    WriteItems(json, "items", utterance.Items, items);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                WriteItems(json, "mentioned", turn.Mentioned, items);
                WriteItems(json, "targets", turn.Targets, items);
                WriteItems(json, "repeated", turn.Repeated, items);
            },
            cancellation);
    }

    private static void WriteItems(Utf8JsonWriter json, string key, int[] numbers, IReadOnlyList<Item> items)
    {
        json.WriteStartArray(key);
        foreach (int number in numbers)
            json.WriteStringValue(items[number].Id);
        json.WriteEndArray();
    }

    /// <param name="path">conversations.jsonl</param>
    /// <param name="items">ids in the order of items.csv</param>
    /// <param name="skipped">what becomes of malformed lines</param>
    /// <param name="cancellation">looked at before each line</param>
    public static List<Turn> Read(string path, NameTable items, SkippedRows skipped, CancellationToken cancellation)
    {
        var turns = new List<Turn>();
        var buffer = new List<int>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var splits = new Dictionary<string, Split>(StringComparer.Ordinal);
        IReadOnlyList<Utterance> before = [];
        JsonLines.Read(
            path,
            skipped,
            (ref JsonLine line) => Parse(ref line, items, buffer, before),
            (turn, error) =>
            {
                before = turn.Context;
                if (splits.TryGetValue(turn.Conversation, out Split split) && split != turn.Split)
                    throw error($"conversation `{turn.Conversation}` is in two splits, {split} and {turn.Split}: its turns belong into one");
                if (!ids.Add(turn.Id))
                    throw error($"turn `{turn.Id}` occurs twice");
                splits.TryAdd(turn.Conversation, turn.Split);
                turns.Add(turn);
            },
            cancellation);
        return turns;
    }

    private static Turn Parse(ref JsonLine line, NameTable items, List<int> buffer, IReadOnlyList<Utterance> before)
    {
        (string id, string conversation, string? user, long? time, int split) = ("", "", null, null, 0);
        List<Utterance> context = [];
        (int[] mentioned, int[] targets, int[] repeated) = ([], [], []);
        uint seen = 0;
        while (line.NextKey(Keys, ref seen) is var key and >= 0)
        {
            switch (key)
            {
                case 0: id = line.String(); break;
                case 1: conversation = line.String(); break;
                case 2: split = OneOf(ref line, "split", Splits); break;
                case 3: user = line.String(); break;
                case 4: time = line.Long(); break;
                case 5: ReadContext(ref line, items, buffer, context, before); break;
                case 6: mentioned = line.Items(items, buffer); break;
                case 7: targets = line.Items(items, buffer); break;
                default: repeated = line.Items(items, buffer); break;
            }
        }

        return new Turn(id, conversation, (Split)split, user, time, context, mentioned, targets, repeated);
    }

    /// <param name="line">at the context</param>
    /// <param name="items">ids</param>
    /// <param name="buffer">for items</param>
    /// <param name="context">gets the utterances</param>
    /// <param name="before">the context of the turn before, which mostly begins with the same utterances: they are kept once, as a thread with a hundred replies has them</param>
    private static void ReadContext(ref JsonLine line, NameTable items, List<int> buffer, List<Utterance> context, IReadOnlyList<Utterance> before)
    {
        line.RequireArray();
        while (line.NextElement())
        {
            line.RequireObject();
            (int role, string text, int[] mentioned, uint seen) = (0, "", [], 0);
            while (line.NextKey(UtteranceKeys, ref seen) is var key and >= 0)
            {
                switch (key)
                {
                    case 0: role = OneOf(ref line, "role", Roles); break;
                    case 1: text = line.String(); break;
                    default: mentioned = line.Items(items, buffer); break;
                }
            }

            int at = context.Count;
            bool same = at < before.Count && (int)before[at].Role == role && before[at].Text == text && before[at].Items.AsSpan().SequenceEqual(mentioned);
            context.Add(same ? before[at] : new Utterance((Role)role, text, mentioned));
        }
    }

    private static int OneOf(ref JsonLine line, string key, string[] names)
    {
        string name = line.String();
        int number = Array.IndexOf(names, name);
        return number >= 0 ? number : throw line.Error($"{key} `{name}` is none of {string.Join(", ", names)}");
    }
}
