using Data.Views;
using Evaluation.Ranking;
using Microsoft.ML;
using Microsoft.ML.Data;
using Workbench.Reranking;

namespace Workbench.MlNet;

/// <summary>What all rankings of a run have in common.</summary>
/// <param name="Top">length of a ranking</param>
/// <param name="ExcludeMentioned">leaves the mentioned items out</param>
/// <param name="Candidates">I flags of what may be ranked; null for all</param>
/// <param name="Fallback">I scores for queries that give a scorer nothing to work with; null to rank nothing then</param>
public sealed record RankingOptions(int Top = 50, bool ExcludeMentioned = true, bool[]? Candidates = null, float[]? Fallback = null);

/// <summary>
/// Ranks all items for each row and appends <see cref="ColumnNames.RankedItems"/> (keys, best first) and
/// <see cref="ColumnNames.Scores"/>. Order: score descending, then the language model's rank, then the item's row.
/// </summary>
/// <remarks>Reads Mentioned and LlmItems, key vectors of the scorer's items. Every recommender and reranker is served by this one class.</remarks>
public sealed class RankingTransformer(IQueryScorer scorer, RankingOptions options) : RowToRowTransformer
{
    private int _fallbacks;
    private int _ranked;

    /// <summary>How many rows were ranked so far; a row that no one reads is not.</summary>
    public int RowsRanked => _ranked;

    /// <summary>How many of them used the fallback.</summary>
    public int FallbacksUsed => _fallbacks;

    protected override IReadOnlyList<string> InputColumns { get; } = [ColumnNames.Mentioned, ColumnNames.LlmItems];

    protected override DataViewSchema.DetachedColumn[] OutputColumns(DataViewSchema inputSchema)
    {
        DataViewSchema.Column mentioned = RequireItems(inputSchema, ColumnNames.Mentioned);
        RequireItems(inputSchema, ColumnNames.LlmItems);
        return RankingColumns.Of(((VectorDataViewType)mentioned.Type).ItemType, mentioned.Annotations);
    }

    private DataViewSchema.Column RequireItems(DataViewSchema schema, string name) =>
        Require(schema, name, $"a vector of keys of {scorer.ItemCount} items",
            type => type is VectorDataViewType { ItemType: KeyDataViewType key } && key.Count == (ulong)scorer.ItemCount);

    protected override Delegate[] MakeGetters(DataViewRow input)
    {
        var row = new RankedRow(this, input);
        ValueGetter<VBuffer<uint>> items = (ref VBuffer<uint> destination) => row.CopyItems(ref destination);
        ValueGetter<VBuffer<float>> scores = (ref VBuffer<float> destination) => row.CopyScores(ref destination);
        return [items, scores];
    }

    /// <summary>Two outputs, one computation per row: remembered by the row's position. Scratch of one cursor.</summary>
    private sealed class RankedRow(RankingTransformer parent, DataViewRow input)
    {
        private readonly ValueGetter<VBuffer<uint>> _getMentioned = input.GetGetter<VBuffer<uint>>(input.Schema[ColumnNames.Mentioned]);
        private readonly ValueGetter<VBuffer<uint>> _getLlmItems = input.GetGetter<VBuffer<uint>>(input.Schema[ColumnNames.LlmItems]);
        private readonly ValueGetter<DataViewRowId> _getId = input.GetIdGetter();
        private readonly float[] _all = new float[parent.ItemCount];
        private readonly int[] _tieRanks = NoRanks(parent.ItemCount);
        private readonly int[] _items = new int[Math.Min(parent.Top, parent.ItemCount)];
        private readonly float[] _scores = new float[Math.Min(parent.Top, parent.ItemCount)];
        private VBuffer<uint> _mentionedKeys;
        private VBuffer<uint> _llmKeys;
        private long _rankedAt = -1;
        private int _count;

        internal void CopyItems(ref VBuffer<uint> destination)
        {
            Update();
            VBufferEditor<uint> editor = VBufferEditor.Create(ref destination, _count);
            for (int i = 0; i < _count; i++)
                editor.Values[i] = (uint)_items[i] + 1;
            destination = editor.Commit();
        }

        internal void CopyScores(ref VBuffer<float> destination)
        {
            Update();
            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, _count);
            _scores.AsSpan(0, _count).CopyTo(editor.Values);
            destination = editor.Commit();
        }

        private void Update()
        {
            if (_rankedAt == input.Position)
                return;

            _getMentioned(ref _mentionedKeys);
            _getLlmItems(ref _llmKeys);
            DataViewRowId id = default;
            _getId(ref id);
            int[] mentioned = KeyVectors.Rows(_mentionedKeys), llmItems = KeyVectors.Rows(_llmKeys);
            Rank(new Query(mentioned, llmItems, (int)id.Low));
            _rankedAt = input.Position;
            Interlocked.Increment(ref parent._ranked);
        }

        private void Rank(Query query)
        {
            for (int rank = query.LlmItems.Length - 1; rank >= 0; rank--)
                _tieRanks[query.LlmItems[rank]] = rank;

            bool scored = parent.Scorer.TryScore(query, _all) || parent.FallBack(query, _all);
            _count = scored
                ? Select(query)
                : 0;

            foreach (int item in query.LlmItems)
                _tieRanks[item] = int.MaxValue;
        }

        /// <summary>What is no candidate scores negative infinity, and is cut off the end.</summary>
        private int Select(Query query)
        {
            if (parent.Candidates is { } candidates)
            {
                for (int item = 0; item < _all.Length; item++)
                    _all[item] = candidates[item] ? _all[item] : float.NegativeInfinity;
            }

            int count = TopK.Select(_all, parent.ExcludeMentioned ? query.Mentioned : [], _tieRanks, _items, _scores);
            while (count > 0 && float.IsNegativeInfinity(_scores[count - 1]))
                count--;
            return count;
        }

        private static int[] NoRanks(int count)
        {
            var ranks = new int[count];
            Array.Fill(ranks, int.MaxValue);
            return ranks;
        }
    }

    private IQueryScorer Scorer => scorer;

    private int ItemCount => scorer.ItemCount;

    private int Top => options.Top;

    private bool ExcludeMentioned => options.ExcludeMentioned;

    private bool[]? Candidates => options.Candidates;

    /// <summary>The language model's items, if there are any, then the fallback's order.</summary>
    private bool FallBack(Query query, Span<float> scores)
    {
        Interlocked.Increment(ref _fallbacks);
        if (options.Fallback is null)
            return false;
        options.Fallback.CopyTo(scores);
        float top = options.Fallback.Max() + 1;
        foreach (int item in query.LlmItems)
            scores[item] = top;
        return true;
    }
}
