using System.Buffers.Binary;

namespace Data.Storage;

/// <summary>The first bytes of interactions.bin: what it was made from, how long its parts are, and their hashes.</summary>
/// <param name="Source">what it was made from</param>
/// <param name="Items">hash of the item ids in order</param>
/// <param name="Users">hash of users.csv; 0 without it</param>
/// <param name="UserCount">U</param>
/// <param name="ItemCount">I</param>
/// <param name="Count">N</param>
/// <param name="NameBytes">of all users' names</param>
/// <param name="Written">the cache's own time of modification, ticks: while it has that, nobody has written to it since it was whole</param>
/// <param name="PartHashes">by part</param>
/// <param name="Digest">the interactions' part of the fingerprint</param>
/// <remarks>
/// Little-endian. Magic, version, the fields in order, and the hash of all that at the end. The parts follow, each at a
/// multiple of <see cref="Alignment"/> so that they can be mapped into memory: offsets (U + 1 long), items (N int),
/// ratings (N float), times (N long), ends of the users' names (U int), names (UTF-8).
/// </remarks>
internal sealed record CacheHeader(
    SourceStamp Source,
    ulong Items,
    ulong Users,
    long UserCount,
    long ItemCount,
    long Count,
    long NameBytes,
    long Written,
    ulong[] PartHashes,
    byte[] Digest)
{
    public const int Alignment = 4096;
    public const int PartCount = 6;
    private const ulong Magic = 0x0A54_4341_4249_4257; // "WBIBACT\n"
    private const long Version = 2;
    private const int DigestBytes = 32;
    private const int Words = 2 + 4 + 2 + 5 + PartCount;
    private const int Length = (8 * Words) + DigestBytes + 8;

    /// <summary>Bytes of each part, in the order of the file.</summary>
    public long[] PartLengths => [8 * (UserCount + 1), 4 * Count, 4 * Count, 8 * Count, 4 * UserCount, NameBytes];

    /// <summary>Where each part begins, and the length of the file.</summary>
    public long[] PartStarts()
    {
        var starts = new long[PartCount + 1];
        starts[0] = Alignment;
        for (int part = 0; part < PartCount; part++)
            starts[part + 1] = (starts[part] + PartLengths[part] + Alignment - 1) / Alignment * Alignment;
        return starts;
    }

    /// <summary><see cref="Alignment"/> bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Alignment];
        long[] words =
        [
            unchecked((long)Magic), Version, Source.Length, Source.Modified, unchecked((long)Source.Hash), Source.Hashed,
            unchecked((long)Items), unchecked((long)Users), UserCount, ItemCount, Count, NameBytes, Written, .. PartHashes.Select(hash => unchecked((long)hash)),
        ];
        for (int word = 0; word < words.Length; word++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * word), words[word]);
        Digest.CopyTo(bytes.AsSpan(8 * Words));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Length - 8), ContentHash.Of(bytes.AsSpan(0, Length - 8)));
        return bytes;
    }

    /// <summary>Null if it is no undamaged header of this version.</summary>
    public static CacheHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Alignment || bytes[Length..].ContainsAnyExcept((byte)0)
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes[(Length - 8)..]) != ContentHash.Of(bytes[..(Length - 8)]))
        {
            return null;
        }

        var words = new long[Words];
        for (int word = 0; word < Words; word++)
            words[word] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * word)..]);
        if (words[0] != unchecked((long)Magic) || words[1] != Version)
            return null;
        return new CacheHeader(
            new SourceStamp(words[2], words[3], unchecked((ulong)words[4]), words[5]),
            unchecked((ulong)words[6]),
            unchecked((ulong)words[7]),
            words[8],
            words[9],
            words[10],
            words[11],
            words[12],
            [.. words[13..(13 + PartCount)].Select(word => unchecked((ulong)word))],
            bytes.Slice(8 * Words, DigestBytes).ToArray());
    }
}
