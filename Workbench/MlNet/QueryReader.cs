using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Workbench.Reranking;

namespace Workbench.MlNet;

/// <summary>The query of the row where a cursor stands: Mentioned, LlmItems, and the row's id as its number.</summary>
internal sealed class QueryReader(DataViewRow input)
{
    private readonly ValueGetter<VBuffer<uint>> _getMentioned = input.GetGetter<VBuffer<uint>>(input.Schema[ColumnNames.Mentioned]);
    private readonly ValueGetter<VBuffer<uint>> _getLlmItems = input.GetGetter<VBuffer<uint>>(input.Schema[ColumnNames.LlmItems]);
    private readonly ValueGetter<DataViewRowId> _getId = input.GetIdGetter();
    private VBuffer<uint> _mentioned;
    private VBuffer<uint> _llmItems;

    internal void Read(QueryBlock block)
    {
        _getMentioned(ref _mentioned);
        _getLlmItems(ref _llmItems);
        DataViewRowId id = default;
        _getId(ref id);
        block.Add(KeyVectors.Rows(_mentioned), KeyVectors.Rows(_llmItems), (int)id.Low);
    }
}
