using System.Buffers.Binary;
using System.IO.Compression;
using Data.Storage;
using Trainers;

namespace Data.Importers;

/// <summary>An entry of a zip, whose length and CRC-32 are compared with the directory's at its end: damage never passes for data.</summary>
internal sealed class CheckedZipStream(ZipArchiveEntry entry, string path) : ReadOnlyStream
{
    private static readonly uint[] Table = MakeTable();
    private readonly Stream inner = entry.Open();
    private uint crc = uint.MaxValue;
    private long read;

    public override long Length => entry.Length;

    public override long Position
    {
        get => read;
        set => base.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        if (count == 0 && buffer.Length > 0 && (read != entry.Length || ~crc != entry.Crc32))
            throw new UserErrorException("the zip is damaged or cut short: fetch it again", path);
        read += count;
        crc = Update(crc, buffer[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    // Four tables: four bytes a step.
    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint[] t = Table;
        int i = 0;
        for (; i + 4 <= bytes.Length; i += 4)
        {
            crc ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]);
            crc = t[768 + (crc & 255)] ^ t[512 + ((crc >> 8) & 255)] ^ t[256 + ((crc >> 16) & 255)] ^ t[crc >> 24];
        }

        for (; i < bytes.Length; i++)
            crc = t[(crc ^ bytes[i]) & 255] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[1024];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }

        for (int i = 0; i < 768; i++)
            table[i + 256] = table[table[i] & 255] ^ (table[i] >> 8);
        return table;
    }
}
