namespace Microsoft.ML.Data;

/// <summary>Readers of the annotations that the library itself uses.</summary>
public static class SchemaAnnotationsExtensions
{
    internal const string KeyValues = "KeyValues";
    internal const string SlotNames = "SlotNames";
    private const string Normalized = "IsNormalized";

    /// <summary>Whether each slot of a vector of fixed size has a name.</summary>
    public static bool HasSlotNames(this DataViewSchema.Column column) =>
        column.Type is VectorDataViewType { IsKnownSize: true } vector && HasTexts(column, SlotNames, vector.Size, TextDataViewType.Instance);

    /// <summary>The names of the slots.</summary>
    public static void GetSlotNames(this DataViewSchema.Column column, ref VBuffer<ReadOnlyMemory<char>> slotNames) =>
        column.Annotations.GetValue(SlotNames, ref slotNames);

    /// <summary>Whether each key has a value of the given type (text, if null).</summary>
    public static bool HasKeyValues(this DataViewSchema.Column column, PrimitiveDataViewType? keyValueItemType = null)
    {
        DataViewType item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        return item is KeyDataViewType { Count: <= int.MaxValue } key
            && HasTexts(column, KeyValues, (int)key.Count, keyValueItemType ?? TextDataViewType.Instance);
    }

    /// <summary>The values of the keys: item 0 is the value of key 1.</summary>
    public static void GetKeyValues<TValue>(this DataViewSchema.Column column, ref VBuffer<TValue> keyValues) =>
        column.Annotations.GetValue(KeyValues, ref keyValues);

    /// <summary>Whether the column says that it is normalized.</summary>
    public static bool IsNormalized(this DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Normalized)?.Type is not BooleanDataViewType)
            return false;
        bool normalized = false;
        column.Annotations.GetValue(Normalized, ref normalized);
        return normalized;
    }

    private static bool HasTexts(DataViewSchema.Column column, string kind, int size, PrimitiveDataViewType item) =>
        column.Annotations.Schema.GetColumnOrNull(kind)?.Type is VectorDataViewType vector && vector.Size == size && vector.ItemType.Equals(item);
}
