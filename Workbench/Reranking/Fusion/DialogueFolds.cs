using Trainers.Sampling;

namespace Workbench.Reranking.Fusion;

/// <summary>Divides dialogues among folds, never turns of one.</summary>
public sealed class DialogueFolds
{
    private readonly Dictionary<string, int> _fold = [];

    /// <param name="conversations">of all turns; repetitions count once, their order does not matter</param>
    /// <param name="count">folds, at least 2</param>
    public DialogueFolds(IEnumerable<string> conversations, int count, ulong seed)
    {
        Count = count;
        string[] distinct = [.. conversations.Distinct().Order(StringComparer.Ordinal)];
        SplitMix64.ForStream(seed, 0xF01D).Shuffle(distinct.AsSpan());
        for (int i = 0; i < distinct.Length; i++)
            _fold[distinct[i]] = i % count;
    }

    public int Count { get; }

    /// <returns>-1 for a dialogue that was not there</returns>
    public int Of(string conversation) => _fold.GetValueOrDefault(conversation, -1);
}
