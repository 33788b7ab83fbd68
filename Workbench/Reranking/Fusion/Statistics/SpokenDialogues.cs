namespace Workbench.Reranking.Fusion.Statistics;

/// <summary>Finds dialogues that sound like a conversation: tf-idf cosine over what either side says, words and pairs of words, greetings too.</summary>
/// <remarks>Legend: V terms, N dialogues, I items. The weight of a term is log(1 + N / df).</remarks>
internal sealed class SpokenDialogues
{
    private readonly Dictionary<string, int> _rows = [];
    private readonly float[] _weights; // V
    private readonly float[] _norms; // N

    /// <param name="terms">V</param>
    /// <param name="postings">V x N</param>
    /// <param name="recommended">N x I</param>
    internal SpokenDialogues(IReadOnlyList<string> terms, SparseCounts postings, SparseCounts recommended)
    {
        (Terms, Postings, Recommended) = (terms, postings, recommended);
        int dialogues = recommended.Offsets.Length - 1;
        _weights = new float[terms.Count];
        _norms = new float[dialogues];
        for (int term = 0; term < terms.Count; term++)
        {
            _rows[terms[term]] = term;
            _weights[term] = MathF.Log(1 + (dialogues / (float)postings.Items(term).Length));
            foreach (int dialogue in postings.Items(term))
                _norms[dialogue] += _weights[term] * _weights[term];
        }

        for (int dialogue = 0; dialogue < dialogues; dialogue++)
            _norms[dialogue] = MathF.Sqrt(_norms[dialogue]);
    }

    internal IReadOnlyList<string> Terms { get; }

    internal SparseCounts Postings { get; }

    internal SparseCounts Recommended { get; }

    internal static SpokenDialogues Of(IReadOnlyList<DialogueFacts> dialogues)
    {
        var rows = new Dictionary<string, int>();
        var terms = new List<string>();
        var (postings, recommended) = (new List<(int, int)>(), new List<(int, int)>());

        // A term of a single dialogue finds nothing but that one: it stays out, and with it most of the vocabulary.
        var repeated = dialogues.SelectMany(dialogue => dialogue.Terms).GroupBy(term => term).Where(group => group.Skip(1).Any()).Select(group => group.Key).ToHashSet();
        for (int d = 0; d < dialogues.Count; d++)
        {
            foreach (string term in dialogues[d].Terms.Where(repeated.Contains))
            {
                if (!rows.TryGetValue(term, out int row))
                {
                    rows[term] = row = terms.Count;
                    terms.Add(term);
                }

                postings.Add((row, d));
            }

            foreach (int item in dialogues[d].Recommended)
                recommended.Add((d, item));
        }

        return new SpokenDialogues(terms, SparseCounts.Of(terms.Count, postings), SparseCounts.Of(dialogues.Count, recommended));
    }

    /// <summary>Cosines of the terms with each dialogue.</summary>
    internal float[] Similarities(IEnumerable<string> terms)
    {
        var similarities = new float[_norms.Length];
        double mass = 0;
        foreach (string term in terms)
        {
            if (!_rows.TryGetValue(term, out int row))
                continue;
            float weight = _weights[row] * _weights[row];
            mass += weight;
            foreach (int dialogue in Postings.Items(row))
                similarities[dialogue] += weight;
        }

        for (int dialogue = 0; dialogue < similarities.Length; dialogue++)
            similarities[dialogue] = similarities[dialogue] == 0 ? 0 : similarities[dialogue] / (_norms[dialogue] * (float)Math.Sqrt(mass));
        return similarities;
    }

    /// <inheritdoc cref="DialogueStatistics.Over"/>
    internal SpokenDialogues Over(int[] rows)
    {
        int dialogues = _norms.Length;
        return new SpokenDialogues(Terms, Postings, Recommended.Over([.. Enumerable.Range(0, dialogues)], dialogues, rows));
    }
}
