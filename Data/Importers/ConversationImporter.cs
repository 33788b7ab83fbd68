using Data.Importers.Conversations;
using Data.Importers.Conversations.Reddit;
using Trainers;

namespace Data.Importers;

/// <summary>
/// Reads a folder of conversations and finds its format from the files: <c>turns.&lt;split&gt;.jsonl</c> in the format of He et al. (2023),
/// <c>dialogues.&lt;split&gt;.jsonl</c> as ReDIAL or INSPIRED publish them, INSPIRED's own <c>&lt;split&gt;.tsv</c>, Reddit-Movie's own
/// <c>&lt;split&gt;.csv</c> with id2name.json, with the side files that these datasets use, and <c>llm.&lt;model&gt;.&lt;split&gt;.jsonl</c> as
/// recorded replies. Splits are train, valid (or dev) and test. A split's turns win over its dialogues, and its dialogues over its table.
/// </summary>
public static class ConversationImporter
{
    /// <summary>The first that fits is the format: what it is known by, and what reads it.</summary>
    private static readonly (Func<ConversationFiles, bool> Fits, Func<ConversationFiles, ImportNotes, CancellationToken, ConversationSource> Read)[] Formats =
    [
        (RedditCorpus.IsIn, RedditCorpus.Read),
        (files => RedialMovies.AreIn(files.Folder), RedialConversations.Read),
        (_ => true, EntityConversations.Read),
    ];

    /// <exception cref="UserErrorException">A file is missing or damaged; the message says which line and what to do.</exception>
    /// <exception cref="OperationCanceledException">The import was cancelled.</exception>
    public static ConversationSource Open(string folder, ConversationImportOptions? options = null, CancellationToken cancellation = default)
    {
        var files = ConversationFiles.In(folder);
        var notes = new ImportNotes((options ?? new ConversationImportOptions()).SkipBadRows);
        return Formats.First(format => format.Fits(files)).Read(files, notes, cancellation);
    }
}
