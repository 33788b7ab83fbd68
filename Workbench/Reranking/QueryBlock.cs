namespace Workbench.Reranking;

/// <summary>Some queries that are ranked together.</summary>
public sealed class QueryBlock
{
    private readonly List<int[]> _mentioned = [], _llmItems = [];
    private readonly List<int> _numbers = [];
    private readonly List<Dialogue?> _dialogues = [];

    public int Count => _numbers.Count;

    public IReadOnlyList<int[]> Mentioned => _mentioned;

    public IReadOnlyList<int[]> LlmItems => _llmItems;

    public IReadOnlyList<int> Numbers => _numbers;

    public Query this[int i] => new(_mentioned[i], _llmItems[i], _numbers[i]) { Dialogue = _dialogues[i] };

    public void Clear()
    {
        _mentioned.Clear();
        _llmItems.Clear();
        _numbers.Clear();
        _dialogues.Clear();
    }

    /// <inheritdoc cref="Query(ReadOnlySpan{int}, ReadOnlySpan{int}, int)"/>
    public void Add(int[] mentioned, int[] llmItems, int number, Dialogue? dialogue = null)
    {
        _mentioned.Add(mentioned);
        _llmItems.Add(llmItems);
        _numbers.Add(number);
        _dialogues.Add(dialogue);
    }
}
