using System.IO.Compression;
using System.Runtime.InteropServices;
using Evaluation;

namespace Workbench.Studies;

/// <summary>Ranked lists as an artifact: gzip of a header and, for all queries, lengths, items, scores, tie ranks and whether the end cuts a tie; little-endian.</summary>
/// <remarks>Short lists take no more than they have. What is read is what was written, to the bit.</remarks>
internal static class RankingsFile
{
    // "WRK1"
    private const int Magic = 0x314B5257;

    public static void Write(Stream stream, Rankings lists)
    {
        using var packed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        using var writer = new BinaryWriter(packed);
        writer.Write(Magic);
        writer.Write(lists.QueryCount);
        writer.Write(lists.Depth);
        writer.Write(lists.ItemCount);
        writer.Write(lists.TieRanks is not null);
        int[] lengths = [.. Enumerable.Range(0, lists.QueryCount).Select(lists.LengthOf)];
        Values<int>(writer, lengths);
        for (int q = 0; q < lists.QueryCount; q++)
        {
            Values<int>(writer, lists.ItemsOf(q)[..lengths[q]]);
            Values<float>(writer, lists.ScoresOf(q)[..lengths[q]]);
            if (lists.TieRanks is not null)
                Values<int>(writer, lists.TieRanksOf(q)[..lengths[q]]);
        }

        Values<bool>(writer, lists.CutsTie);
    }

    /// <exception cref="InvalidDataException">These are no lists.</exception>
    public static Rankings Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        try
        {
            if (reader.ReadInt32() != Magic)
                throw new InvalidDataException("These are no ranked lists.");
            var lists = new Rankings(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
            var lengths = new int[lists.QueryCount];
            Fill<int>(reader, lengths);
            for (int q = 0; q < lists.QueryCount; q++)
            {
                Fill(reader, lists.ItemsOf(q)[..lengths[q]]);
                Fill(reader, lists.ScoresOf(q)[..lengths[q]]);
                if (lists.TieRanks is not null)
                    Fill(reader, lists.TieRanksOf(q)[..lengths[q]]);
            }

            Fill<bool>(reader, lists.CutsTie);
            return lists;
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException("These are no whole ranked lists.", error);
        }
    }

    // The processors that .NET runs on are little-endian.
    private static void Values<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged => writer.Write(MemoryMarshal.AsBytes(values));

    private static void Fill<T>(BinaryReader reader, Span<T> values)
        where T : unmanaged => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
}
