using System.IO.Compression;
using System.Runtime.InteropServices;
using Workbench.Llm;

namespace Workbench.Studies;

/// <summary>What a language model's replies name, matched to items, as an artifact: gzip of a header and, per reply, what was counted and the items; little-endian.</summary>
internal static class MatchedRepliesFile
{
    // "WMR1"
    private const int Magic = 0x31524D57;

    public static void Write(Stream stream, IReadOnlyList<MatchedReply> replies)
    {
        using var packed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        using var writer = new BinaryWriter(packed);
        writer.Write(Magic);
        writer.Write(replies.Count);
        foreach (MatchedReply reply in replies)
        {
            ReadOnlySpan<int> counts = [reply.Named, reply.Exact, reply.ByDistance, reply.Ambiguous, reply.Unmatched, reply.Items.Length];
            writer.Write(MemoryMarshal.AsBytes(counts));
            writer.Write(MemoryMarshal.AsBytes(reply.Items.AsSpan()));
        }
    }

    /// <exception cref="InvalidDataException">These are no matched replies.</exception>
    public static MatchedReply[] Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        try
        {
            if (reader.ReadInt32() != Magic)
                throw new InvalidDataException("These are no matched replies.");
            var replies = new MatchedReply[reader.ReadInt32()];
            Span<int> counts = stackalloc int[6];
            for (int i = 0; i < replies.Length; i++)
            {
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(counts));
                var items = new int[counts[5]];
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
                replies[i] = new MatchedReply(items, counts[0], counts[1], counts[2], counts[3], counts[4]);
            }

            return replies;
        }
        catch (Exception error) when (error is EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException("These are no whole matched replies.", error);
        }
    }
}
