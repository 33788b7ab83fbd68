using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Types and schemas, with the values of their annotations, in a stream.</summary>
internal static class BinarySchema
{
    private static readonly PrimitiveDataViewType[] s_types =
    [
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance,
        RowIdDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance,
    ];

    private const byte Key = 0xF0, Vector = 0xF1;

    public static void WriteType(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case KeyDataViewType key:
                writer.Write(Key);
                WriteType(writer, MemberTypes.PrimitiveOf(key.RawType)!);
                writer.Write(key.Count);
                break;
            case VectorDataViewType vector:
                writer.Write(Vector);
                WriteType(writer, vector.ItemType);
                writer.Write(vector.Dimensions.Length);
                foreach (int dimension in vector.Dimensions)
                    writer.Write(dimension);
                break;
            default:
                int index = Array.IndexOf(s_types, type);
                writer.Write(index >= 0 ? (byte)index : throw new NotSupportedException($"A column of {type} is not saved."));
                break;
        }
    }

    public static DataViewType ReadType(BinaryReader reader)
    {
        byte tag = reader.ReadByte();
        if (tag == Key)
            return new KeyDataViewType(ReadType(reader).RawType, reader.ReadUInt64());
        if (tag == Vector)
        {
            var item = (PrimitiveDataViewType)ReadType(reader);
            int[] dimensions = new int[reader.ReadInt32()];
            for (int i = 0; i < dimensions.Length; i++)
                dimensions[i] = reader.ReadInt32();
            return new VectorDataViewType(item, dimensions);
        }

        return tag < s_types.Length ? s_types[tag] : throw new FormatException($"Byte {tag} is no type of a column.");
    }

    public static void Write(BinaryWriter writer, DataViewSchema schema)
    {
        writer.Write(schema.Count);
        foreach (DataViewSchema.Column column in schema)
        {
            writer.Write(column.Name);
            WriteType(writer, column.Type);
            writer.Write(column.Annotations.Schema.Count);
            foreach (DataViewSchema.Column annotation in column.Annotations.Schema)
            {
                writer.Write(annotation.Name);
                WriteType(writer, annotation.Type);
                Call(annotation.Type, nameof(WriteScalar), nameof(WriteVector), writer, column.Annotations, annotation);
            }
        }
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        var builder = new DataViewSchema.Builder();
        for (int columns = reader.ReadInt32(); columns > 0; columns--)
        {
            string name = reader.ReadString();
            DataViewType type = ReadType(reader);
            var annotations = new DataViewSchema.Annotations.Builder();
            for (int kinds = reader.ReadInt32(); kinds > 0; kinds--)
            {
                string kind = reader.ReadString();
                DataViewType annotation = ReadType(reader);
                annotations.Add(kind, annotation, (Delegate)Call(annotation, nameof(ReadScalar), nameof(ReadVector), reader)!);
            }

            builder.AddColumn(name, type, annotations.ToAnnotations());
        }

        return builder.ToSchema();
    }

    private static object? Call(DataViewType type, string scalar, string vector, params object[] arguments) => typeof(BinarySchema)
        .GetMethod(type is VectorDataViewType ? vector : scalar, BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(type is VectorDataViewType many ? many.ItemType.RawType : type.RawType)
        .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static void WriteScalar<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        T value = default!;
        annotations.GetGetter<T>(kind)(ref value);
        BinaryValue.Writer<T>()(writer, value);
    }

    private static void WriteVector<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        VBuffer<T> value = default;
        annotations.GetGetter<VBuffer<T>>(kind)(ref value);
        BinaryValue.WriteVector(writer, value);
    }

    private static ValueGetter<T> ReadScalar<T>(BinaryReader reader)
    {
        T value = BinaryValue.Reader<T>()(reader);
        return (ref T destination) => destination = value;
    }

    private static ValueGetter<VBuffer<T>> ReadVector<T>(BinaryReader reader)
    {
        VBuffer<T> value = BinaryValue.ReadVector<T>(reader);
        return (ref VBuffer<T> destination) => value.CopyTo(ref destination);
    }
}
