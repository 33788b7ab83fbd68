using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The values of one column that have keys: term i has key i + 1. Made by <see cref="TermMapBuilder"/>.</summary>
internal abstract class TermMap(PrimitiveDataViewType itemType, bool asText)
{
    /// <summary>The type of a term.</summary>
    public PrimitiveDataViewType ItemType { get; } = itemType;

    /// <summary>Whether the key values are told as text.</summary>
    protected bool AsText { get; } = asText;

    /// <summary>There is no key type of nothing: without terms it has one key, which no row has.</summary>
    public KeyDataViewType KeyType => new(typeof(uint), Math.Max(Count, 1));

    public abstract int Count { get; }

    /// <summary>A getter of the keys of a column of terms, scalar or vector.</summary>
    public abstract Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column);

    /// <summary>The values behind the keys; if the terms are keys themselves, the values behind those.</summary>
    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source);

    public abstract void Save(BinaryWriter writer);

    public static TermMap Load(BinaryReader reader)
    {
        var item = (PrimitiveDataViewType)BinarySchema.ReadType(reader);
        return (TermMap)Activator.CreateInstance(typeof(TermMap<>).MakeGenericType(item.RawType), item, reader)!;
    }
}

/// <inheritdoc/>
internal sealed class TermMap<T> : TermMap
    where T : notnull
{
    private readonly T[] _terms;
    private readonly Dictionary<T, uint> _keys;

    public TermMap(PrimitiveDataViewType itemType, bool asText, T[] terms)
        : base(itemType, asText)
    {
        _terms = terms;
        _keys = new(terms.Length, TermComparer<T>.Equality);
        for (int i = 0; i < terms.Length; i++)
            _keys.Add(terms[i], (uint)i + 1);
    }

    public TermMap(PrimitiveDataViewType itemType, BinaryReader reader)
        : this(itemType, reader.ReadBoolean(), BinaryValue.ReadVector<T>(reader).GetValues().ToArray())
    {
    }

    public override int Count => _terms.Length;

    public override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            return VectorGetter(input.GetGetter<VBuffer<T>>(column));

        ValueGetter<T> getter = input.GetGetter<T>(column);
        T term = default!;
        return (ValueGetter<uint>)((ref uint key) =>
        {
            getter(ref term);
            key = _keys.GetValueOrDefault(term);
        });
    }

    public override void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source)
    {
        if (Count == 0)
            return;

        if (ItemType is KeyDataViewType && source.HasKeyValues())
        {
            VBuffer<ReadOnlyMemory<char>> values = default;
            source.GetKeyValues(ref values);
            Add(TextDataViewType.Instance, Array.ConvertAll(_terms, term => values.GetItemOrDefault((int)TermComparer<T>.KeyOf(term) - 1)));
        }
        else if (AsText)
        {
            Add(TextDataViewType.Instance, Array.ConvertAll(_terms, TermComparer<T>.TextOf));
        }
        else
        {
            Add(ItemType, _terms);
        }

        void Add<TValue>(PrimitiveDataViewType type, TValue[] values)
        {
            var vector = new VBuffer<TValue>(values.Length, values);
            annotations.Add(SchemaAnnotationsExtensions.KeyValues, new VectorDataViewType(type, values.Length),
                (ref VBuffer<TValue> destination) => vector.CopyTo(ref destination));
        }
    }

    public override void Save(BinaryWriter writer)
    {
        BinarySchema.WriteType(writer, ItemType);
        writer.Write(AsText);
        BinaryValue.WriteVector(writer, new VBuffer<T>(_terms.Length, _terms));
    }

    // What a sparse vector leaves out is a term too.
    private ValueGetter<VBuffer<uint>> VectorGetter(ValueGetter<VBuffer<T>> getter)
    {
        VBuffer<T> terms = default, dense = default;
        return (ref VBuffer<uint> keys) =>
        {
            getter(ref terms);
            if (!terms.IsDense)
                terms.CopyToDense(ref dense);
            ReadOnlySpan<T> given = (terms.IsDense ? terms : dense).GetValues();
            VBufferEditor<uint> editor = VBufferEditor.Create(ref keys, given.Length);
            for (int i = 0; i < given.Length; i++)
                editor.Values[i] = _keys.GetValueOrDefault(given[i]);
            keys = editor.Commit();
        };
    }
}
