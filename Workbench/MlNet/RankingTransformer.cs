using Data.Views;
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

    /// <summary>What is read of a query.</summary>
    internal IReadOnlyList<string> Reads => InputColumns;

    /// <summary>Whether that is what was said, too.</summary>
    internal bool ReadsDialogue => scorer.ReadsDialogue;

    protected override IReadOnlyList<string> InputColumns { get; } =
        [ColumnNames.Mentioned, ColumnNames.LlmItems, .. scorer.ReadsDialogue ? (string[])[ColumnNames.Conversation, ColumnNames.Context] : []];

    protected override DataViewSchema.DetachedColumn[] OutputColumns(DataViewSchema inputSchema)
    {
        DataViewSchema.Column mentioned = RequireItems(inputSchema, ColumnNames.Mentioned);
        RequireItems(inputSchema, ColumnNames.LlmItems);
        foreach (string text in InputColumns.Skip(2))
            Require(inputSchema, text, "text", type => type is TextDataViewType);
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

    /// <summary>Room to rank so many queries at a time, the same as row by row: for who reads every row anyway.</summary>
    internal QueryRanker NewRanker(int queries) => new(scorer, options, queries, (ranked, fallbacks) =>
    {
        Interlocked.Add(ref _ranked, ranked);
        Interlocked.Add(ref _fallbacks, fallbacks);
    });

    /// <summary>Two outputs, one computation per row: remembered by the row's position. Scratch of one cursor.</summary>
    private sealed class RankedRow(RankingTransformer parent, DataViewRow input)
    {
        private readonly QueryReader _reader = new(input, parent.ReadsDialogue);
        private readonly QueryRanker _ranker = parent.NewRanker(1);
        private readonly QueryBlock _query = new();
        private long _rankedAt = -1;

        internal void CopyItems(ref VBuffer<uint> destination)
        {
            Update();
            ReadOnlySpan<int> items = _ranker.Items(0);
            VBufferEditor<uint> editor = VBufferEditor.Create(ref destination, items.Length);
            for (int i = 0; i < items.Length; i++)
                editor.Values[i] = (uint)items[i] + 1;
            destination = editor.Commit();
        }

        internal void CopyScores(ref VBuffer<float> destination)
        {
            Update();
            ReadOnlySpan<float> scores = _ranker.Scores(0);
            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, scores.Length);
            scores.CopyTo(editor.Values);
            destination = editor.Commit();
        }

        private void Update()
        {
            if (_rankedAt == input.Position)
                return;
            _query.Clear();
            _reader.Read(_query);
            _ranker.Rank(_query);
            _rankedAt = input.Position;
        }
    }
}
