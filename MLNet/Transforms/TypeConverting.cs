using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Gives keys another unsigned type.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(ColumnPair pair, DataKind outputKind)
        : base(new(pair, outputKind))
    {
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. Transformer.Pairs.Select(pair =>
        {
            SchemaShape.Column source = inputSchema.Find(pair.Input);
            var item = (PrimitiveDataViewType)MemberTypes.PrimitiveOf(Transformer.RawType)!;
            return new SchemaShape.Column(pair.Output, source.Kind, item, source.IsKey, source.Annotations);
        })]);
    }
}

/// <summary>Gives keys another unsigned type.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    private readonly DataKind _kind;

    internal TypeConvertingTransformer(ColumnPair pair, DataKind kind)
        : base([pair]) => _kind = kind;

    internal TypeConvertingTransformer(BinaryReader reader)
        : this(ModelFile.ReadPairs(reader)[0], (DataKind)reader.ReadByte())
    {
    }

    internal Type RawType => _kind switch
    {
        DataKind.Byte => typeof(byte),
        DataKind.UInt16 => typeof(ushort),
        DataKind.UInt32 => typeof(uint),
        DataKind.UInt64 => typeof(ulong),
        _ => throw new ArgumentOutOfRangeException("outputKind", $"Keys are Byte, UInt16, UInt32 or UInt64, not {_kind}."),
    };

    private protected override RowMapping Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column source = inputSchema[Pairs[0].Input];
        if (source.Type is not KeyDataViewType key)
            throw new NotSupportedException($"Column '{source.Name}' is {source.Type}: only scalar keys are converted here.");
        return new Mapping(inputSchema, source, new(Pairs[0].Output, new KeyDataViewType(RawType, key.Count), source.Annotations));
    }

    private protected override void Save(ModelSaveContext ctx)
    {
        BinaryWriter writer = ctx.Begin(ModelFile.Convert);
        ModelFile.WritePairs(writer, Pairs);
        writer.Write((byte)_kind);
    }

    // Unsigned numbers keep their value in each other's type, as the type's count fits.
    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column source, DataViewSchema.DetachedColumn output)
        : PairMapping(input, [source], [output])
    {
        private readonly Type _to = output.Type.RawType;

        protected override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column, int added) => Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Byte => From<byte>(input, column, value => value),
            TypeCode.UInt16 => From<ushort>(input, column, value => value),
            TypeCode.UInt32 => From<uint>(input, column, value => value),
            _ => From<ulong>(input, column, value => value),
        };

        private Delegate From<T>(DataViewRow input, DataViewSchema.Column column, Func<T, ulong> widen)
            where T : struct
        {
            ValueGetter<T> getter = input.GetGetter<T>(column);
            T value = default;
            ulong Next()
            {
                getter(ref value);
                return widen(value);
            }

            return Type.GetTypeCode(_to) switch
            {
                TypeCode.Byte => (ValueGetter<byte>)((ref byte key) => key = (byte)Next()),
                TypeCode.UInt16 => (ValueGetter<ushort>)((ref ushort key) => key = (ushort)Next()),
                TypeCode.UInt32 => (ValueGetter<uint>)((ref uint key) => key = (uint)Next()),
                _ => (ValueGetter<ulong>)((ref ulong key) => key = Next()),
            };
        }
    }
}
