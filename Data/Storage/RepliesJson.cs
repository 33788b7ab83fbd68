using System.Text.Json;
using Trainers;

namespace Data.Storage;

/// <summary>
/// llm/&lt;model&gt;.jsonl: a reply per line with <c>turn, model, prompt, reply, tokens, finish, matches</c>; tokens, finish
/// and matches are left out if they were not recorded; matches is a list of <c>{title, nearest, distance}</c>.
/// </summary>
internal static class RepliesJson
{
    private static readonly string[] Keys = ["turn", "model", "prompt", "reply", "tokens?", "finish?", "matches?"];
    private static readonly string[] MatchKeys = ["title", "nearest", "distance"];

    public static void Write(string model, IReadOnlyList<LlmReply> replies, Stream destination, CancellationToken cancellation) =>
        JsonLines.Write(
            replies,
            destination,
            (json, reply) =>
            {
                if (reply.Model != model)
                    throw new UserErrorException($"a reply of `{reply.Model}` to turn `{reply.Turn}` stands among those of `{model}`");
                json.WriteString("turn", reply.Turn);
                json.WriteString("model", reply.Model);
                json.WriteString("prompt", reply.Prompt);
                json.WriteString("reply", reply.Reply);
                if (reply.Tokens is { } tokens)
                    json.WriteNumber("tokens", tokens);
                if (reply.Finish is { } finish)
                    json.WriteString("finish", finish);
                if (reply.Matches is not null)
                    WriteMatches(json, reply.Matches);
            },
            cancellation);

    private static void WriteMatches(Utf8JsonWriter json, IReadOnlyList<RecordedMatch> matches)
    {
        json.WriteStartArray("matches");
        foreach (RecordedMatch match in matches)
        {
            json.WriteStartObject();
            json.WriteString("title", match.Title);
            json.WriteString("nearest", match.Nearest);
            json.WriteNumber("distance", match.Distance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static List<LlmReply> Read(string path, string model, SkippedRows skipped, CancellationToken cancellation)
    {
        var replies = new List<LlmReply>();
        JsonLines.Read(
            path,
            skipped,
            Parse,
            (reply, error) =>
            {
                if (reply.Model != model)
                    throw error($"a reply of `{reply.Model}` in the file of `{model}`: it belongs into {DatasetFiles.ReplyFile(reply.Model)}");
                replies.Add(reply);
            },
            cancellation);
        return replies;
    }

    private static LlmReply Parse(ref JsonLine line)
    {
        (string turn, string model, string prompt, string reply, int? tokens, string? finish) = ("", "", "", "", null, null);
        List<RecordedMatch>? matches = null;
        uint seen = 0;
        while (line.NextKey(Keys, ref seen) is var key and >= 0)
        {
            switch (key)
            {
                case 0: turn = line.String(); break;
                case 1: model = line.String(); break;
                case 2: prompt = line.String(); break;
                case 3: reply = line.String(); break;
                case 4: tokens = line.Int(); break;
                case 5: finish = line.String(); break;
                default: matches = ReadMatches(ref line); break;
            }
        }

        return new LlmReply(turn, model, prompt, reply, tokens, matches) { Finish = finish };
    }

    private static List<RecordedMatch> ReadMatches(ref JsonLine line)
    {
        var matches = new List<RecordedMatch>();
        line.RequireArray();
        while (line.NextElement())
        {
            line.RequireObject();
            (string title, string nearest, int distance, uint seen) = ("", "", 0, 0);
            while (line.NextKey(MatchKeys, ref seen) is var key and >= 0)
            {
                switch (key)
                {
                    case 0: title = line.String(); break;
                    case 1: nearest = line.String(); break;
                    default: distance = line.Int(); break;
                }
            }

            matches.Add(new RecordedMatch(title, nearest, distance));
        }

        return matches;
    }
}
