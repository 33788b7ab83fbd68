namespace Workbench.Reranking.Fusion.Statistics;

/// <summary>What dialogues say of items, counted in dialogues. Legend: I items, N dialogues, V words.</summary>
internal sealed class DialogueStatistics
{
    private readonly Dictionary<string, int> _words;
    private readonly SparseCounts _said;
    private readonly float[] _wordDialogues; // V

    internal DialogueStatistics(
        int dialogues, float[] recommended, float[] occurring, SparseCounts together, SparseCounts following, IReadOnlyList<string> words, float[] wordDialogues, SparseCounts said, SpokenDialogues spoken)
    {
        (Dialogues, Recommended, Occurring, Together, Following) = (dialogues, recommended, occurring, together, following);
        (Words, _wordDialogues, _said, Spoken) = (words, wordDialogues, said, spoken);
        _words = [];
        for (int word = 0; word < words.Count; word++)
            _words[words[word]] = word;
        TotalRecommended = recommended.Sum();
        TotalOccurring = occurring.Sum();
    }

    /// <summary>N</summary>
    internal int Dialogues { get; }

    /// <summary>I: dialogues in which the item was a target.</summary>
    internal float[] Recommended { get; }

    /// <summary>I: dialogues in which it was mentioned or a target.</summary>
    internal float[] Occurring { get; }

    internal float TotalRecommended { get; }

    internal float TotalOccurring { get; }

    /// <summary>I x I: dialogues that have both items.</summary>
    internal SparseCounts Together { get; }

    /// <summary>I x I: dialogues in which the other was recommended after the one had been mentioned.</summary>
    internal SparseCounts Following { get; }

    /// <summary>The dialogues themselves, by how they sound.</summary>
    internal SpokenDialogues Spoken { get; }

    /// <summary>V</summary>
    internal IReadOnlyList<string> Words { get; }

    /// <summary>V x I: dialogues in which the item was recommended after the word had been said.</summary>
    internal SparseCounts AllSaid => _said;

    /// <summary>V</summary>
    internal float[] AllWordDialogues => _wordDialogues;

    /// <summary>Items that were recommended after the word, their counts, and the word's own count of dialogues.</summary>
    internal float Said(string word, out ReadOnlySpan<int> items, out ReadOnlySpan<float> counts)
    {
        if (!_words.TryGetValue(word, out int row))
        {
            items = [];
            counts = [];
            return 0;
        }

        items = _said.Items(row);
        counts = _said.Counts(row);
        return _wordDialogues[row];
    }

    internal static DialogueStatistics Of(IReadOnlyList<DialogueFacts> dialogues, int itemCount)
    {
        var (recommended, occurring) = (new float[itemCount], new float[itemCount]);
        var (together, following, said) = (new List<(int, int)>(), new List<(int, int)>(), new List<(int, int)>());
        var rows = new Dictionary<string, int>();
        var words = new List<string>();
        var wordDialogues = new List<float>();
        int count = 0;
        foreach (DialogueFacts dialogue in dialogues)
        {
            count++;
            foreach (int item in dialogue.Recommended)
                recommended[item]++;
            foreach (int one in dialogue.Items)
            {
                occurring[one]++;
                foreach (int other in dialogue.Items)
                {
                    if (other != one)
                        together.Add((one, other));
                }
            }

            following.AddRange(dialogue.Following);
            foreach (string word in dialogue.Words)
            {
                if (!rows.TryGetValue(word, out int row))
                {
                    rows[word] = row = words.Count;
                    words.Add(word);
                    wordDialogues.Add(0);
                }

                wordDialogues[row]++;
            }

            foreach ((string word, int item) in dialogue.Said)
                said.Add((rows[word], item));
        }

        return new DialogueStatistics(
            count, recommended, occurring, SparseCounts.Of(itemCount, together), SparseCounts.Of(itemCount, following),
            words, [.. wordDialogues], SparseCounts.Of(words.Count, said), SpokenDialogues.Of(dialogues));
    }

    /// <summary>The same of other items: each item's counts go to its row there, or nowhere.</summary>
    /// <param name="rows">I: the row there, or -1</param>
    internal DialogueStatistics Over(int[] rows, int itemCount)
    {
        float[] Moved(float[] counts)
        {
            var moved = new float[itemCount];
            for (int item = 0; item < counts.Length; item++)
            {
                if (rows[item] >= 0)
                    moved[rows[item]] += counts[item];
            }

            return moved;
        }

        return new DialogueStatistics(
            Dialogues, Moved(Recommended), Moved(Occurring), Together.Over(rows, itemCount, rows), Following.Over(rows, itemCount, rows), Words, _wordDialogues,
            _said.Over([.. Enumerable.Range(0, Words.Count)], Words.Count, rows), Spoken.Over(rows));
    }
}
