using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Workbench.MlNet;

/// <summary>What a ranker appends.</summary>
internal static class RankingColumns
{
    /// <summary>RankedItems, keys with the key values of the item column, and Scores; both of the ranking's own length.</summary>
    internal static DataViewSchema.DetachedColumn[] Of(PrimitiveDataViewType item, DataViewSchema.Annotations annotations)
    {
        var keyValues = new DataViewSchema.Annotations.Builder();
        keyValues.Add(annotations, name => name == "KeyValues");
        return
        [
            new(ColumnNames.RankedItems, new VectorDataViewType(item), keyValues.ToAnnotations()),
            new(ColumnNames.Scores, new VectorDataViewType(NumberDataViewType.Single)),
        ];
    }

    /// <summary>The same before the data is seen: annotations' names and kinds count there, not their values.</summary>
    internal static DataViewSchema.DetachedColumn[] OfShape()
    {
        var values = new DataViewSchema.Annotations.Builder();
        values.Add(KeyColumns.KeyValues(["?"]), _ => true);
        return Of(KeyColumns.Type(1), values.ToAnnotations());
    }
}
