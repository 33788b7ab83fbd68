using Microsoft.ML;
using Microsoft.ML.Data;

namespace Data.Views;

/// <summary>Key-typed columns: 0-based rows become raw keys 1..Count, with the rows' names as key values; -1 becomes 0, missing.</summary>
public static class KeyColumns
{
    /// <summary>A key type with that many values (at least one, since no key type has none).</summary>
    public static KeyDataViewType Type(int count) => new(typeof(uint), Math.Max(1, count));

    /// <summary>The names as the annotation that <c>MapKeyToValue</c> reads.</summary>
    public static DataViewSchema.Annotations KeyValues(IReadOnlyList<string> names)
    {
        ReadOnlyMemory<char>[]? texts = null;
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter = (ref VBuffer<ReadOnlyMemory<char>> destination) =>
        {
            texts ??= [.. names.Select(name => name.AsMemory()).DefaultIfEmpty()];
            VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref destination, texts.Length);
            texts.CopyTo(editor.Values);
            destination = editor.Commit();
        };
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, Math.Max(1, names.Count)), getter);
        return builder.ToAnnotations();
    }

    /// <summary>A key per row.</summary>
    public static ViewColumn Scalar(string name, KeyDataViewType type, DataViewSchema.Annotations keyValues, Func<int, int> rowToItem) =>
        new(name, type, keyValues, pointer => (ValueGetter<uint>)((ref uint value) => value = (uint)(rowToItem(pointer.Row) + 1)));

    /// <summary>A variable-length vector of keys per row.</summary>
    public static ViewColumn Vector(string name, KeyDataViewType type, DataViewSchema.Annotations keyValues, Func<int, ReadOnlyMemory<int>> rowToItems) =>
        new(name, new VectorDataViewType(type), keyValues, pointer => (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) =>
        {
            ReadOnlySpan<int> items = rowToItems(pointer.Row).Span;
            VBufferEditor<uint> editor = VBufferEditor.Create(ref value, items.Length);
            for (int i = 0; i < items.Length; i++)
                editor.Values[i] = (uint)(items[i] + 1);
            value = editor.Commit();
        }));

    /// <summary>A text per row.</summary>
    public static ViewColumn Text(string name, Func<int, string> rowToText) =>
        new(name, TextDataViewType.Instance, null, pointer =>
            (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = rowToText(pointer.Row).AsMemory()));
}
