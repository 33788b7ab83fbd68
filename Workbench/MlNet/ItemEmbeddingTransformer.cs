using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainers;
using Workbench.Reranking;

namespace Workbench.MlNet;

/// <summary>Appends <see cref="ColumnNames.Embedding"/>, the vector of the item in the Item column; a missing item has the zero vector.</summary>
/// <param name="embeddings">what was learned</param>
/// <param name="missingRows">rows of the training view without a user or an item</param>
public sealed class ItemEmbeddingTransformer(ItemEmbeddings embeddings, long missingRows = 0) : RowToRowTransformer
{
    /// <summary>I x D; row 0 belongs to key 1.</summary>
    public ItemEmbeddings Embeddings => embeddings;

    /// <summary>Rows of the training view that took no part, for lack of a user or an item.</summary>
    public long MissingRows => missingRows;

    /// <summary>Ranks all items by the history in Mentioned; null if the model cannot score a history.</summary>
    public RankingTransformer? Ranker(RankingOptions options) =>
        embeddings is IHistoryScorer scorer ? new RankingTransformer(new HistoryScoring(scorer), options) : null;

    protected override IReadOnlyList<string> InputColumns { get; } = [ColumnNames.Item];

    protected override DataViewSchema.DetachedColumn[] OutputColumns(DataViewSchema inputSchema)
    {
        Require(inputSchema, ColumnNames.Item, $"a key of {embeddings.Count} items",
            type => type is KeyDataViewType key && key.Count == (ulong)embeddings.Count);
        return [new(ColumnNames.Embedding, new VectorDataViewType(NumberDataViewType.Single, embeddings.Dimension))];
    }

    protected override Delegate[] MakeGetters(DataViewRow input)
    {
        ValueGetter<uint> getItem = input.GetGetter<uint>(input.Schema[ColumnNames.Item]);
        uint key = 0;
        ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> destination) =>
        {
            getItem(ref key);
            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, embeddings.Dimension);
            if (key == 0)
                editor.Values.Clear();
            else
                embeddings[(int)key - 1].CopyTo(editor.Values);
            destination = editor.Commit();
        };
        return [getter];
    }
}
