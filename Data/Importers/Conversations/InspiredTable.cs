using System.Text.RegularExpressions;
using Data.Text;
using Data.Titles;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>
/// INSPIRED's own tables, <c>train.tsv</c>, <c>dev.tsv</c> and <c>test.tsv</c>: one line of a dialogue per row, with the films that its annotators found in
/// it as <c>Title (year); Title (year)</c> in <c>movies</c>. Lines of one speaker that follow each other are one message.
/// </summary>
/// <remarks>
/// There is no quoting: marks stand in fields as any letter, or as the word QUOTATION_MARK. Where the publisher lost letters, runs of U+FFFD are
/// left, which go. Dialogues are numbered as in the published JSON lines, and their messages are the same.
/// </remarks>
internal static partial class InspiredTable
{
    private const string Quote = "QUOTATION_MARK";

    public static bool IsIn(ConversationFile file) => file.Path.EndsWith(".tsv", StringComparison.Ordinal);

    /// <summary>Films are linked to themselves: the address of "Heat (1995)" is "Heat (1995)".</summary>
    /// <exception cref="UserErrorException">A row is malformed, and bad rows are not skipped; or a column is missing.</exception>
    public static InspiredDialogues Read(ConversationFile file, ImportNotes notes, CancellationToken cancellation) => SourceFile.Guard(file.Path, () =>
    {
        var table = SourceFile.OfDisk(file.Path);
        var columns = DelimitedColumns.Of(table, RecordFormat.Tabs, header: true);
        (int dialogue, int speaker, int text, int movies) = (columns.Find("dialog_id"), columns.Find("speaker"), columns.Find("text"), columns.Find("movies"));
        using var reader = new RecordReader(table.Open(), RecordFormat.Tabs);
        reader.Read();
        var dialogues = new List<(RowPlace, IReadOnlyList<InspiredDialogues.Message>)>();
        var names = new HashSet<string>();
        string? last = null;
        List<(Role Role, string Text, string Movies)> lines = [];
        RowPlace place = default;
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            string? problem = reader.Problem ?? (reader.Count == columns.Count ? null : $"the row has {reader.Count} columns where {columns.Count} are expected");
            string name = problem is null ? reader.Text(dialogue) : "";
            Role? role = problem is not null ? null : reader.Text(speaker) switch { "SEEKER" => Role.Seeker, "RECOMMENDER" => Role.Recommender, _ => null };
            if (problem is null && role is null)
                problem = $"`speaker` must be SEEKER or RECOMMENDER, found \"{reader.Text(speaker)}\"";
            if (problem is null && name != last && !names.Add(name))
                problem = $"dialogue {name} goes on after another began: put its rows together";
            if (problem is not null)
            {
                notes.Refuse(new UserErrorException(problem, file.Path, reader.Line));
                continue;
            }

            if (name != last)
            {
                End();
                (last, place) = (name, new RowPlace(file.Path, reader.Line, names.Count - 1));
            }

            lines.Add((role!.Value, reader.Text(text), reader.Text(movies)));
        }

        End();
        return dialogues.Count > 0
            ? new InspiredDialogues(file, dialogues, "films in `movies` that no item of the catalogue is called")
            : throw new UserErrorException("the file has no rows: restore it from its source", file.Path);

        void End()
        {
            if (lines.Count > 0)
                dialogues.Add((place, [.. Messages(lines, file, notes)]));
            lines.Clear();
        }
    });

    /// <summary>All films that a file names.</summary>
    public static IEnumerable<string> FilmsOf(InspiredDialogues file) => file.Dialogues.SelectMany(dialogue => dialogue.Messages).SelectMany(message => message.Movies);

    private static IEnumerable<InspiredDialogues.Message> Messages(List<(Role Role, string Text, string Movies)> lines, ConversationFile file, ImportNotes notes)
    {
        for (int begin = 0, end; begin < lines.Count; begin = end)
        {
            end = begin + 1;
            while (end < lines.Count && lines[end].Role == lines[begin].Role)
                end++;
            string text = string.Join(' ', lines[begin..end].Select(line => line.Text));
            string clean = Lost().Replace(text.Replace(Quote, "\"", StringComparison.Ordinal), "");
            notes.Count(file.Name, "messages with letters that the publisher lost (U+FFFD), taken out", text.Contains('\uFFFD', StringComparison.Ordinal) ? 1 : 0);
            string[] films = [.. lines[begin..end].SelectMany(line => Films(line.Movies))];
            yield return new InspiredDialogues.Message(lines[begin].Role, TitleText.Collapse(clean), films, [.. films.Select(film => (TitleText.Parse(film).Title, film))], []);
        }
    }

    /// <summary>"Office ()" has an unknown year.</summary>
    private static IEnumerable<string> Films(string movies) =>
        movies.Split(';').Select(film => TitleText.Collapse(NoYear().Replace(film, ""))).Where(film => film.Length > 0);

    [GeneratedRegex(@"\s*\(\s*\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex NoYear();

    [GeneratedRegex("\uFFFD+", RegexOptions.CultureInvariant)]
    private static partial Regex Lost();
}
