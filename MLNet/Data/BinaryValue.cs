namespace Microsoft.ML.Data;

/// <summary>Raw values of columns in a stream: scalars, and vectors as length, stored values and indices.</summary>
internal static class BinaryValue
{
    public static Action<BinaryWriter, T> Writer<T>()
    {
        Delegate writer = default(T) switch
        {
            sbyte => (Action<BinaryWriter, sbyte>)((w, value) => w.Write(value)),
            byte => (Action<BinaryWriter, byte>)((w, value) => w.Write(value)),
            short => (Action<BinaryWriter, short>)((w, value) => w.Write(value)),
            ushort => (Action<BinaryWriter, ushort>)((w, value) => w.Write(value)),
            int => (Action<BinaryWriter, int>)((w, value) => w.Write(value)),
            uint => (Action<BinaryWriter, uint>)((w, value) => w.Write(value)),
            long => (Action<BinaryWriter, long>)((w, value) => w.Write(value)),
            ulong => (Action<BinaryWriter, ulong>)((w, value) => w.Write(value)),
            float => (Action<BinaryWriter, float>)((w, value) => w.Write(value)),
            double => (Action<BinaryWriter, double>)((w, value) => w.Write(value)),
            bool => (Action<BinaryWriter, bool>)((w, value) => w.Write(value)),
            ReadOnlyMemory<char> => (Action<BinaryWriter, ReadOnlyMemory<char>>)((w, value) => w.Write(value.ToString())),
            DateTime => (Action<BinaryWriter, DateTime>)((w, value) => w.Write(value.ToBinary())),
            DateTimeOffset => (Action<BinaryWriter, DateTimeOffset>)((w, value) =>
            {
                w.Write(value.Ticks);
                w.Write(value.Offset.Ticks);
            }),
            TimeSpan => (Action<BinaryWriter, TimeSpan>)((w, value) => w.Write(value.Ticks)),
            DataViewRowId => (Action<BinaryWriter, DataViewRowId>)((w, value) =>
            {
                w.Write(value.Low);
                w.Write(value.High);
            }),
            _ => throw new NotSupportedException($"Values of {typeof(T)} are not saved."),
        };
        return (Action<BinaryWriter, T>)writer;
    }

    public static Func<BinaryReader, T> Reader<T>()
    {
        Delegate reader = default(T) switch
        {
            sbyte => (Func<BinaryReader, sbyte>)(r => r.ReadSByte()),
            byte => (Func<BinaryReader, byte>)(r => r.ReadByte()),
            short => (Func<BinaryReader, short>)(r => r.ReadInt16()),
            ushort => (Func<BinaryReader, ushort>)(r => r.ReadUInt16()),
            int => (Func<BinaryReader, int>)(r => r.ReadInt32()),
            uint => (Func<BinaryReader, uint>)(r => r.ReadUInt32()),
            long => (Func<BinaryReader, long>)(r => r.ReadInt64()),
            ulong => (Func<BinaryReader, ulong>)(r => r.ReadUInt64()),
            float => (Func<BinaryReader, float>)(r => r.ReadSingle()),
            double => (Func<BinaryReader, double>)(r => r.ReadDouble()),
            bool => (Func<BinaryReader, bool>)(r => r.ReadBoolean()),
            ReadOnlyMemory<char> => (Func<BinaryReader, ReadOnlyMemory<char>>)(r => r.ReadString().AsMemory()),
            DateTime => (Func<BinaryReader, DateTime>)(r => DateTime.FromBinary(r.ReadInt64())),
            DateTimeOffset => (Func<BinaryReader, DateTimeOffset>)(r => new(r.ReadInt64(), new(r.ReadInt64()))),
            TimeSpan => (Func<BinaryReader, TimeSpan>)(r => new(r.ReadInt64())),
            DataViewRowId => (Func<BinaryReader, DataViewRowId>)(r => new(r.ReadUInt64(), r.ReadUInt64())),
            _ => throw new NotSupportedException($"Values of {typeof(T)} are not saved."),
        };
        return (Func<BinaryReader, T>)reader;
    }

    public static void WriteVector<T>(BinaryWriter writer, VBuffer<T> vector)
    {
        Action<BinaryWriter, T> write = Writer<T>();
        writer.Write(vector.Length);
        writer.Write(vector.GetValues().Length);
        foreach (T value in vector.GetValues())
            write(writer, value);
        foreach (int index in vector.GetIndices())
            writer.Write(index);
    }

    public static VBuffer<T> ReadVector<T>(BinaryReader reader)
    {
        Func<BinaryReader, T> read = Reader<T>();
        int length = reader.ReadInt32();
        var values = new T[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
            values[i] = read(reader);
        int[] indices = new int[values.Length < length ? values.Length : 0];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = reader.ReadInt32();
        return new(length, values.Length, values, indices);
    }
}
