namespace Data.Importers;

/// <summary>What an importer of conversations has read, before linking. Item numbers are positions in <paramref name="Items"/>.</summary>
/// <param name="Name">e.g. <c>redial</c></param>
/// <param name="Items">the conversations' catalogue</param>
/// <param name="Turns">of all splits that the folder has; item numbers in <paramref name="Items"/></param>
/// <param name="Replies">recorded replies by model</param>
/// <param name="Licence">one line</param>
/// <param name="Notes">counts that must not be lost: turns without targets, mentions that were no item, skipped rows</param>
public sealed record ConversationSource(
    string Name,
    IReadOnlyList<SourceItem> Items,
    IReadOnlyList<Turn> Turns,
    IReadOnlyDictionary<string, IReadOnlyList<LlmReply>> Replies,
    string Licence,
    IReadOnlyList<string> Notes);
