using System.Text;
using Microsoft.ML.Trainers.Recommender;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>
/// Saved models: a mark, the input schema if it is known, and the transformers, each a tag and what it wrote.
/// This is a format of this implementation: the genuine library cannot read it, nor this one the genuine library's.
/// </summary>
internal static class ModelFile
{
    public const byte Chain = 1, Copy = 2, Select = 3, Concatenate = 4, ValueToKey = 5, KeyToValue = 6, Convert = 7, MatrixFactorization = 8;

    private static readonly byte[] s_mark = "bundled ML.NET model 1\n"u8.ToArray();

    public static void Write(Stream stream, ITransformer model, DataViewSchema? inputSchema)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(s_mark);
        writer.Write(inputSchema is not null);
        if (inputSchema is not null)
            BinarySchema.Write(writer, inputSchema);
        model.Save(new ModelSaveContext(writer));
    }

    /// <exception cref="FormatException">It is not a model of this format.</exception>
    public static ITransformer Read(Stream stream, out DataViewSchema? inputSchema)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (!reader.ReadBytes(s_mark.Length).AsSpan().SequenceEqual(s_mark))
            throw new FormatException("This is not a model that the bundled ML.NET has saved.");

        try
        {
            inputSchema = reader.ReadBoolean() ? BinarySchema.Read(reader) : null;
            return ReadTransformer(reader);
        }
        catch (EndOfStreamException e)
        {
            throw new FormatException("The model ends before its end: it was cut off.", e);
        }
    }

    public static ITransformer ReadTransformer(BinaryReader reader)
    {
        byte tag = reader.ReadByte();
        return tag switch
        {
            Chain => ReadChain(reader),
            Copy => new ColumnCopyingTransformer(reader),
            Select => new ColumnSelectingTransformer(reader),
            Concatenate => new ColumnConcatenatingTransformer(reader),
            ValueToKey => new ValueToKeyMappingTransformer(reader),
            KeyToValue => new KeyToValueMappingTransformer(reader),
            Convert => new TypeConvertingTransformer(reader),
            MatrixFactorization => new MatrixFactorizationPredictionTransformer(reader),
            _ => throw new FormatException($"Byte {tag} is no kind of transformer."),
        };
    }

    public static void WriteStrings(BinaryWriter writer, IReadOnlyCollection<string> texts)
    {
        writer.Write(texts.Count);
        foreach (string text in texts)
            writer.Write(text);
    }

    public static string[] ReadStrings(BinaryReader reader)
    {
        string[] texts = new string[reader.ReadInt32()];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = reader.ReadString();
        return texts;
    }

    public static void WritePairs(BinaryWriter writer, IReadOnlyCollection<ColumnPair> pairs) =>
        WriteStrings(writer, [.. pairs.SelectMany(pair => new[] { pair.Output, pair.Input })]);

    public static ColumnPair[] ReadPairs(BinaryReader reader) =>
        [.. ReadStrings(reader).Chunk(2).Select(pair => new ColumnPair(pair[0], pair[1]))];

    private static TransformerChain<ITransformer> ReadChain(BinaryReader reader)
    {
        var transformers = new ITransformer[reader.ReadInt32()];
        var scopes = new TransformerScope[transformers.Length];
        for (int i = 0; i < transformers.Length; i++)
        {
            scopes[i] = (TransformerScope)reader.ReadInt32();
            transformers[i] = ReadTransformer(reader);
        }

        return new(transformers, scopes);
    }
}
