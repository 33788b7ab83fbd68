using System.Runtime.InteropServices;
using Trainers;

namespace Workbench.Studies;

/// <summary>Item embeddings as an artifact: a header, then I x d floats, little-endian.</summary>
internal static class EmbeddingsFile
{
    // "WEM1"
    private const int Magic = 0x314D4557;

    public static void Write(Stream stream, ItemEmbeddings embeddings)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(embeddings.Count);
        writer.Write(embeddings.Dimension);
        for (int item = 0; item < embeddings.Count; item++)
            writer.Write(MemoryMarshal.AsBytes(embeddings[item]));
    }

    /// <exception cref="InvalidDataException">These are no embeddings.</exception>
    public static ItemEmbeddings Read(byte[] bytes)
    {
        const int Header = 3 * sizeof(int);
        ReadOnlySpan<int> header = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, Math.Min(Header, bytes.Length)));
        if (header.Length < 3 || header[0] != Magic || bytes.LongLength != Header + ((long)header[1] * header[2] * sizeof(float)))
            throw new InvalidDataException("These are no item embeddings.");
        return new ItemEmbeddings(header[1], header[2], MemoryMarshal.Cast<byte, float>(bytes.AsSpan(Header)).ToArray());
    }
}
