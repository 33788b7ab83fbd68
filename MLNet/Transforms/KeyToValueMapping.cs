using System.Numerics;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Replaces keys by the values that their column's annotations give them.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(params ColumnPair[] pairs)
        : base(new(pairs))
    {
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. Transformer.Pairs.Select(pair =>
        {
            SchemaShape.Column source = inputSchema.Find(pair.Input);
            if (!source.IsKey || !source.Annotations.TryFindColumn(SchemaAnnotationsExtensions.KeyValues, out SchemaShape.Column values))
                throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Column '{pair.Input}' is not a key with values.");
            var annotations = new SchemaShape(source.Annotations.Where(kind => kind.Name == SchemaAnnotationsExtensions.SlotNames));
            return new SchemaShape.Column(pair.Output, source.Kind, values.ItemType, values.IsKey, annotations);
        })]);
    }
}

/// <summary>Replaces keys by their values; a missing key becomes NaN, empty text or the default.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal KeyToValueMappingTransformer(ColumnPair[] pairs)
        : base(pairs)
    {
    }

    internal KeyToValueMappingTransformer(BinaryReader reader)
        : this(ModelFile.ReadPairs(reader))
    {
    }

    private protected override RowMapping Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] inputs = [.. Pairs.Select(pair => inputSchema[pair.Input])];
        return new Mapping(inputSchema, inputs, [.. inputs.Select((column, i) => OutputOf(column, Pairs[i].Output))]);
    }

    private protected override void Save(ModelSaveContext ctx) => ModelFile.WritePairs(ctx.Begin(ModelFile.KeyToValue), Pairs);

    private static DataViewSchema.DetachedColumn OutputOf(DataViewSchema.Column source, string name)
    {
        var vector = source.Type as VectorDataViewType;
        PrimitiveDataViewType item = ValueTypeOf(source);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (source.HasSlotNames())
            annotations.Add(source.Annotations, kind => kind == SchemaAnnotationsExtensions.SlotNames);
        return new(name, vector is null ? item : new VectorDataViewType(item, vector.Dimensions), annotations.ToAnnotations());
    }

    private static PrimitiveDataViewType ValueTypeOf(DataViewSchema.Column source)
    {
        if (KeyOf(source) is not { } key)
            throw new InvalidOperationException($"Column '{source.Name}' is {source.Type}, not a key.");
        if (source.Annotations.Schema.GetColumnOrNull(SchemaAnnotationsExtensions.KeyValues)?.Type is not VectorDataViewType values)
            throw new InvalidOperationException($"The keys of column '{source.Name}' have no values.");
        if ((ulong)values.Size != key.Count)
            throw new InvalidOperationException($"Column '{source.Name}' has {key.Count} keys, but {values.Size} values for them.");
        return values.ItemType;
    }

    private static KeyDataViewType? KeyOf(DataViewSchema.Column column) =>
        (column.Type is VectorDataViewType vector ? vector.ItemType : column.Type) as KeyDataViewType;

    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column[] inputs, IReadOnlyList<DataViewSchema.DetachedColumn> added)
        : PairMapping(input, inputs, added)
    {
        protected override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column, int added) =>
            (Delegate)typeof(Mapping)
                .GetMethod(nameof(MakeTypedGetter), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(KeyOf(column)!.RawType, ValueTypeOf(column).RawType)
                .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [input, column], null)!;

        private static Delegate MakeTypedGetter<TKey, TValue>(DataViewRow input, DataViewSchema.Column column)
            where TKey : struct, IBinaryInteger<TKey>
        {
            VBuffer<TValue> given = default;
            column.GetKeyValues(ref given);
            TValue[] values = [Missing<TValue>(), .. given.DenseValues()];
            if (column.Type is VectorDataViewType)
                return VectorGetter(input.GetGetter<VBuffer<TKey>>(column), values);

            ValueGetter<TKey> getter = input.GetGetter<TKey>(column);
            TKey key = default;
            return (ValueGetter<TValue>)((ref TValue value) =>
            {
                getter(ref key);
                value = ValueOf(key, values);
            });
        }

        private static ValueGetter<VBuffer<TValue>> VectorGetter<TKey, TValue>(ValueGetter<VBuffer<TKey>> getter, TValue[] values)
            where TKey : struct, IBinaryInteger<TKey>
        {
            VBuffer<TKey> keys = default, dense = default;
            return (ref VBuffer<TValue> destination) =>
            {
                getter(ref keys);
                if (!keys.IsDense)
                    keys.CopyToDense(ref dense);
                ReadOnlySpan<TKey> given = (keys.IsDense ? keys : dense).GetValues();
                VBufferEditor<TValue> editor = VBufferEditor.Create(ref destination, given.Length);
                for (int i = 0; i < given.Length; i++)
                    editor.Values[i] = ValueOf(given[i], values);
                destination = editor.Commit();
            };
        }

        // values[0] is for the missing key, and for keys out of range.
        private static TValue ValueOf<TKey, TValue>(TKey key, TValue[] values)
            where TKey : struct, IBinaryInteger<TKey>
        {
            ulong index = ulong.CreateTruncating(key);
            return values[index < (ulong)values.Length ? (int)index : 0];
        }

        private static T Missing<T>() => default(T) switch
        {
            float => (T)(object)float.NaN,
            double => (T)(object)double.NaN,
            _ => default!,
        };
    }
}
