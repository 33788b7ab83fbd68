using System.Text.Json;
using Data.Titles;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>
/// INSPIRED's own dialogues: a list of messages per line, films linked in <c>movie_link</c>. Each message of the recommender that links
/// items there is a turn; what its context mentions is linked in <c>movie_link</c> or <c>entity_link</c>, as in the turns of He et al.
/// </summary>
/// <param name="File">where they were read</param>
/// <param name="Dialogues">with their places</param>
/// <param name="Unlinked">how films are called in the notes that the file lists without a link</param>
internal sealed record InspiredDialogues(
    ConversationFile File, IReadOnlyList<(RowPlace Place, IReadOnlyList<InspiredDialogues.Message> Messages)> Dialogues, string Unlinked)
{
    /// <summary>INSPIRED's lines are lists, ReDIAL's are objects.</summary>
    public static bool IsIn(ConversationFile file)
    {
        using StreamReader reader = new(file.Path);
        int first;
        do
            first = reader.Read();
        while (first >= 0 && char.IsWhiteSpace((char)first));
        return first == '[';
    }

    /// <exception cref="UserErrorException">A dialogue is malformed, and bad rows are not skipped.</exception>
    public static InspiredDialogues Read(ConversationFile file, ImportNotes notes, CancellationToken cancellation)
    {
        var dialogues = new List<(RowPlace, IReadOnlyList<Message>)>();
        foreach (JsonRow row in JsonLines.Read(file.Path, notes, cancellation))
        {
            try
            {
                if (row.Root.ValueKind != JsonValueKind.Array)
                    throw row.Error("a dialogue must be a list of messages");
                dialogues.Add((new RowPlace(row.File, row.Line, row.Index), [.. row.Root.EnumerateArray().Select(message => Message.Read(row, message))]));
            }
            catch (UserErrorException error)
            {
                notes.Refuse(error);
            }
        }

        return new InspiredDialogues(file, dialogues, "films in `movie` that `movie_link` does not link");
    }

    /// <summary>Counts which film each address stands for.</summary>
    public void Vote(MovieVotes votes)
    {
        foreach (Message message in Dialogues.SelectMany(dialogue => dialogue.Messages))
        {
            foreach ((string name, string link) in message.Films)
            {
                if (message.Movies.FirstOrDefault(film => TitleText.Parse(film).Title == name) is { } film)
                    votes.Add(link, film);
            }
        }
    }

    /// <summary>Adds the turns. INSPIRED names no users: each dialogue stands for its own.</summary>
    public void Link(EntityTable entities, EntityTurnLinker linker, TurnCollector turns, ImportNotes notes)
    {
        foreach ((RowPlace place, IReadOnlyList<Message> messages) in Dialogues)
        {
            notes.Count(File.Name, "dialogues");
            string conversation = TurnBuilder.ConversationId(File.SplitName, $"{place.Index}");
            var said = new List<Utterance>();
            for (int i = 0; i < messages.Count; i++)
            {
                Message message = messages[i];
                notes.Count(File.Name, "films linked to an entity that is no item", message.Films.Count(film => Rows([film]).Length == 0));
                notes.Count(File.Name, Unlinked, Math.Max(0, message.Movies.Count - message.Films.Count));
                int[] recommended = Rows(message.Films);
                if (message.Role == Role.Recommender && recommended.Length > 0)
                {
                    Turn turn = TurnBuilder.Build($"{conversation}/{i}", conversation, File.Split, $"inspired:{conversation}", time: null, [.. said], [], recommended);
                    turns.Add(turn, File.Name, place, notes);
                }

                said.Add(new Utterance(message.Role, message.Text, Rows([.. message.Films, .. message.Entities])));

                int[] Rows(IEnumerable<(string Name, string Link)> links) =>
                [
                    .. linker.RowsOf(
                        from link in links
                        let at = TextSearch.IndexOfWords(message.Text, link.Name)
                        orderby at < 0 ? int.MaxValue : at
                        let id = entities.IdOf(link.Link)
                        where id is not null
                        select id).Distinct(),
                ];
            }
        }
    }

    /// <param name="Role">who said it</param>
    /// <param name="Text">as it was said</param>
    /// <param name="Movies"><c>movie</c>: films with their years, by the annotators</param>
    /// <param name="Films"><c>movie_name</c> with <c>movie_link</c></param>
    /// <param name="Entities"><c>entity_name</c> with <c>entity_link</c></param>
    internal sealed record Message(
        Role Role,
        string Text,
        IReadOnlyList<string> Movies,
        IReadOnlyList<(string Name, string Link)> Films,
        IReadOnlyList<(string Name, string Link)> Entities)
    {
        public static Message Read(JsonRow row, JsonElement message) => new(
            row.Text(message, "role") switch
            {
                "SEEKER" => Role.Seeker,
                "RECOMMENDER" => Role.Recommender,
                string other => throw row.Error($"`role` must be SEEKER or RECOMMENDER, found \"{other}\""),
            },
            row.Text(message, "text"),
            row.Texts(message, "movie"),
            Links(row, message, "movie"),
            Links(row, message, "entity"));

        private static (string Name, string Link)[] Links(JsonRow row, JsonElement message, string kind)
        {
            string[] names = row.Texts(message, kind + "_name"), links = row.Texts(message, kind + "_link");
            return names.Length == links.Length
                ? [.. names.Zip(links)]
                : throw row.Error($"`{kind}_name` has {names.Length} entries and `{kind}_link` {links.Length}: they must go together");
        }
    }
}
