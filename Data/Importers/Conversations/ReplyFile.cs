using System.Text.Json;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>
/// llm.&lt;model&gt;.&lt;split&gt;.jsonl: a model's recorded replies. <c>index</c> is the row of the turns file, counted from 0. <c>resp</c> is the
/// text, or a whole chat.completion object. <c>rec_list</c>, if there, holds the publisher's own matches.
/// </summary>
internal static class ReplyFile
{
    /// <param name="file">the replies</param>
    /// <param name="turnIds">by row of the turns file; null for rows that are not predicted</param>
    /// <param name="turnsFile">its name</param>
    /// <param name="notes">told the counts</param>
    /// <param name="cancellation">looked at between rows</param>
    /// <exception cref="UserErrorException">A reply is malformed or belongs to no row, and bad rows are not skipped.</exception>
    public static IReadOnlyList<LlmReply> Read(
        ConversationFile file, IReadOnlyList<string?> turnIds, string turnsFile, ImportNotes notes, CancellationToken cancellation)
    {
        var replies = new List<LlmReply>();
        var seen = new HashSet<long>();
        foreach (JsonRow row in JsonLines.Read(file.Path, notes, cancellation))
        {
            try
            {
                long index = row.Number(row.Root, "index");
                if (index < 0 || index >= turnIds.Count)
                    throw row.Error($"`index` {index} is none of the {turnIds.Count} rows of {turnsFile}: take both files from one version of the dataset");
                if (!seen.Add(index))
                    throw row.Error($"row {index} has a reply already: remove one, or skip bad rows");
                if (turnIds[(int)index] is { } turn)
                    replies.Add(Read(row, turn, file.Model!));
                else
                    notes.Count(file.Name, "replies to rows that are not predicted");
            }
            catch (UserErrorException error)
            {
                notes.Refuse(error);
            }
        }

        notes.Count(file.Name, "replies", replies.Count);
        notes.Count(file.Name, $"turns of {turnsFile} without a reply", turnIds.Count(id => id is not null) - replies.Count);
        return replies;
    }

    private static LlmReply Read(JsonRow row, string turn, string model)
    {
        JsonElement response = row.Required(row.Root, "resp");
        (string text, int? tokens) = response.ValueKind switch
        {
            JsonValueKind.String => (response.GetString()!, null),
            JsonValueKind.Object => Completion(row, response),
            _ => throw row.Error($"`resp` must be a text or a chat.completion object, found {response.ValueKind}"),
        };
        return new LlmReply(turn, model, row.Text(row.Root, "prompt"), text, tokens, Matches(row));
    }

    private static (string Text, int? Tokens) Completion(JsonRow row, JsonElement completion)
    {
        JsonElement choices = row.Array(completion, "choices");
        if (choices.GetArrayLength() == 0)
            throw row.Error("`choices` of `resp` is empty: the model gave no reply");
        string text = row.Text(row.Required(choices[0], "message"), "content");
        int? tokens = completion.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object
            ? (int)row.Number(usage, "total_tokens")
            : null;
        return (text, tokens);
    }

    private static RecordedMatch[]? Matches(JsonRow row)
    {
        if (!row.Root.TryGetProperty("rec_list", out _))
            return null;
        return
        [
            .. row.Array(row.Root, "rec_list").EnumerateArray().Select(match => new RecordedMatch(
                row.Text(match, "movie_name"),
                row.Text(match, "nearest_movie"),
                (int)row.Number(match, "min_edit_distance"))),
        ];
    }
}
