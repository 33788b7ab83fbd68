namespace Data.Importers.Conversations;

/// <summary>Which items a turn names, and where.</summary>
/// <param name="Context">per utterance, in the order of the text; repeats allowed</param>
/// <param name="Unplaced">linked in the context, but their titles were found in no utterance: taken as older than the rest</param>
/// <param name="Reply">recommended in the reply, in the order of the text</param>
internal sealed record TurnItems(IReadOnlyList<int[]> Context, IReadOnlyList<int> Unplaced, IReadOnlyList<int> Reply);

/// <summary>Finds the items of turns in the format of He et al.; one per kind of catalogue.</summary>
internal interface ITurnLinker
{
    IReadOnlyList<SourceItem> Items { get; }

    TurnItems Link(TurnRow row);
}
