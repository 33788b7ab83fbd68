using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Workbench.Reranking;

namespace Workbench.MlNet;

/// <summary>The query of the row where a cursor stands: Mentioned, LlmItems, the row's id as its number, and Conversation and Context if asked for.</summary>
internal sealed class QueryReader(DataViewRow input, bool dialogue = false)
{
    private readonly ValueGetter<VBuffer<uint>> _getMentioned = input.GetGetter<VBuffer<uint>>(input.Schema[ColumnNames.Mentioned]);
    private readonly ValueGetter<VBuffer<uint>> _getLlmItems = input.GetGetter<VBuffer<uint>>(input.Schema[ColumnNames.LlmItems]);
    private readonly ValueGetter<DataViewRowId> _getId = input.GetIdGetter();
    private readonly ValueGetter<ReadOnlyMemory<char>>? _getConversation = dialogue ? input.GetGetter<ReadOnlyMemory<char>>(input.Schema[ColumnNames.Conversation]) : null;
    private readonly ValueGetter<ReadOnlyMemory<char>>? _getContext = dialogue ? input.GetGetter<ReadOnlyMemory<char>>(input.Schema[ColumnNames.Context]) : null;
    private VBuffer<uint> _mentioned;
    private VBuffer<uint> _llmItems;

    internal void Read(QueryBlock block)
    {
        _getMentioned(ref _mentioned);
        _getLlmItems(ref _llmItems);
        DataViewRowId id = default;
        _getId(ref id);
        block.Add(KeyVectors.Rows(_mentioned), KeyVectors.Rows(_llmItems), (int)id.Low, Said());
    }

    private Dialogue? Said()
    {
        if (_getConversation is null || _getContext is null)
            return null;
        ReadOnlyMemory<char> conversation = default, context = default;
        _getConversation(ref conversation);
        _getContext(ref context);
        return new Dialogue(conversation.ToString(), context.ToString());
    }
}
