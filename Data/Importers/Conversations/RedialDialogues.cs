using System.Text.Json;
using System.Text.RegularExpressions;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>
/// ReDIAL's own dialogues: messages name movies as <c>@id</c>; the initiator seeks, the respondent recommends.
/// Each message of the respondent that names movies is a turn.
/// </summary>
internal sealed partial class RedialDialogues(RedialMovies movies, ImportNotes notes)
{
    /// <exception cref="UserErrorException">A dialogue is malformed or names an unknown movie, and bad rows are not skipped.</exception>
    public void Read(ConversationFile file, TurnCollector turns, CancellationToken cancellation)
    {
        foreach (JsonRow row in JsonLines.Read(file.Path, notes, cancellation))
        {
            try
            {
                Dialogue(row, file, turns);
                notes.Count(file.Name, "dialogues");
            }
            catch (UserErrorException error)
            {
                notes.Refuse(error);
            }
        }
    }

    private void Dialogue(JsonRow row, ConversationFile file, TurnCollector turns)
    {
        string conversation = TurnBuilder.ConversationId(file.SplitName, row.Text(row.Root, "conversationId"));
        string seeker = row.Text(row.Root, "initiatorWorkerId"), recommender = row.Text(row.Root, "respondentWorkerId");
        Dictionary<string, string> mentions = Mentions(row);
        var said = new List<Utterance>();
        foreach (JsonElement message in row.Array(row.Root, "messages").EnumerateArray())
        {
            string sender = row.Text(message, "senderWorkerId");
            if (sender != seeker && sender != recommender)
                throw row.Error($"worker {sender} sent a message and is neither the initiator nor the respondent: mend `senderWorkerId`");
            said.Add(Read(row, row.Text(message, "text"), sender == seeker ? Role.Seeker : Role.Recommender, mentions, file));
        }

        for (int i = 0; i < said.Count; i++)
        {
            if (said[i].Role != Role.Recommender || said[i].Items.Length == 0)
                continue;
            Turn turn = TurnBuilder.Build(
                $"{conversation}/{i}", conversation, file.Split, $"redial:{seeker}", time: null, said.GetRange(0, i), [], said[i].Items);
            turns.Add(turn, file.Name, new RowPlace(row.File, row.Line, row.Index), notes);
        }
    }

    private Utterance Read(JsonRow row, string text, Role role, Dictionary<string, string> mentions, ConversationFile file)
    {
        var items = new List<int>();
        string written = MovieId().Replace(text, match =>
        {
            string id = match.Groups["id"].Value;
            if (movies.RowOf(id) is { } item)
            {
                items.Add(item);
                return movies.Items[item].Title;
            }

            if (mentions.TryGetValue(id, out string? name))
            {
                throw row.Error(
                    $"movie @{id} (\"{name}\") is not in {RedialMovies.NamesFile}: take both files from one version of the dataset");
            }

            // "@20" and the like, which somebody typed.
            notes.List(file.Name, "numbers after @ that are no movie, left as text", match.Value);
            return match.Value;
        });
        return new Utterance(role, TextSearch.Clean(written), [.. items]);
    }

    /// <summary><c>movieMentions</c>: ids to names; an empty list where there are none.</summary>
    private static Dictionary<string, string> Mentions(JsonRow row)
    {
        JsonElement mentions = row.Required(row.Root, "movieMentions");
        return mentions.ValueKind == JsonValueKind.Object
            ? mentions.EnumerateObject().ToDictionary(movie => movie.Name, movie => movie.Value.ValueKind == JsonValueKind.String ? movie.Value.GetString()! : "")
            : [];
    }

    [GeneratedRegex(@"@(?<id>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex MovieId();
}
