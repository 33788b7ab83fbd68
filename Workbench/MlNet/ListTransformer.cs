using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Workbench.MlNet;

/// <summary>
/// The language model's own ranking: appends its list as it is, less the mentioned items. Repetitions keep their places
/// (He et al. 2023 count so), and a missing key keeps the place of a title that is no item; <c>Scores</c> are -1, -2, ...
/// </summary>
public sealed class ListTransformer(int itemCount, RankingOptions options) : RowToRowTransformer
{
    protected override IReadOnlyList<string> InputColumns { get; } = [ColumnNames.Mentioned, ColumnNames.LlmItems];

    protected override DataViewSchema.DetachedColumn[] OutputColumns(DataViewSchema inputSchema)
    {
        RequireItems(inputSchema, ColumnNames.Mentioned);
        DataViewSchema.Column list = RequireItems(inputSchema, ColumnNames.LlmItems);
        return RankingColumns.Of(((VectorDataViewType)list.Type).ItemType, list.Annotations);
    }

    private DataViewSchema.Column RequireItems(DataViewSchema schema, string name) =>
        Require(schema, name, $"a vector of keys of {itemCount} items",
            type => type is VectorDataViewType { ItemType: KeyDataViewType key } && key.Count == (ulong)itemCount);

    protected override Delegate[] MakeGetters(DataViewRow input)
    {
        ValueGetter<VBuffer<uint>> getMentioned = input.GetGetter<VBuffer<uint>>(input.Schema[ColumnNames.Mentioned]);
        ValueGetter<VBuffer<uint>> getLlmItems = input.GetGetter<VBuffer<uint>>(input.Schema[ColumnNames.LlmItems]);
        VBuffer<uint> mentioned = default, list = default;

        ValueGetter<VBuffer<uint>> items = (ref VBuffer<uint> destination) =>
        {
            int[] kept = Kept();
            VBufferEditor<uint> editor = VBufferEditor.Create(ref destination, kept.Length);
            for (int i = 0; i < kept.Length; i++)
                editor.Values[i] = (uint)kept[i] + 1;
            destination = editor.Commit();
        };
        ValueGetter<VBuffer<float>> scores = (ref VBuffer<float> destination) =>
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, Kept().Length);
            for (int i = 0; i < editor.Values.Length; i++)
                editor.Values[i] = -(i + 1);
            destination = editor.Commit();
        };
        return [items, scores];

        int[] Kept()
        {
            getMentioned(ref mentioned);
            getLlmItems(ref list);
            int[] seen = options.ExcludeMentioned ? KeyVectors.Rows(mentioned) : [];
            return [.. KeyVectors.RowsOrMissing(list)
                .Where(item => item < 0 || (!seen.Contains(item) && options.Candidates?[item] != false))
                .Take(options.Top)];
        }
    }
}
