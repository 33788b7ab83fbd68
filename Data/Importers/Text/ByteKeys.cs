using System.Buffers.Binary;
using System.Text;

namespace Data.Importers.Text;

/// <summary>Numbers distinct keys in the order of their first occurrence, as bytes: no string per row.</summary>
/// <remarks>Open addressing over one arena: about 16 bytes per key beside its text.</remarks>
internal sealed class ByteKeys
{
    private int[] table = new int[64];
    private int[] offsets = new int[33];
    private byte[] arena = new byte[256];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int key] => arena.AsSpan(offsets[key], offsets[key + 1] - offsets[key]);

    /// <summary>The number of a key, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key) => table[Slot(key)] - 1;

    /// <summary>The number of a key, a new one if it is new.</summary>
    public int GetOrAdd(ReadOnlySpan<byte> key)
    {
        int slot = Slot(key);
        if (table[slot] > 0)
            return table[slot] - 1;

        if (Count + 1 == offsets.Length)
            Array.Resize(ref offsets, offsets.Length * 2);
        int start = offsets[Count], end = start + key.Length;
        if (end > arena.Length)
            Array.Resize(ref arena, Math.Max(end, arena.Length * 2));
        key.CopyTo(arena.AsSpan(start));
        offsets[++Count] = end;
        table[slot] = Count;
        if (Count * 2 > table.Length)
            Grow();
        return Count - 1;
    }

    public string[] ToStrings(string prefix)
    {
        string[] texts = new string[Count];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = prefix + Encoding.UTF8.GetString(this[i]);
        return texts;
    }

    private int Slot(ReadOnlySpan<byte> key)
    {
        int mask = table.Length - 1;
        int slot = (int)(Hash(key) & (uint)mask);
        while (table[slot] > 0 && !this[table[slot] - 1].SequenceEqual(key))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        table = new int[table.Length * 2];
        for (int i = 0; i < Count; i++)
            table[Slot(this[i])] = i + 1;
    }

    // Multiply and fold, eight bytes a step; the number of a key does not depend on it.
    private static uint Hash(ReadOnlySpan<byte> key)
    {
        const ulong multiplier = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)key.Length * multiplier;
        while (key.Length >= 8)
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key)) * multiplier;
            hash ^= hash >> 32;
            key = key[8..];
        }

        ulong rest = 0;
        foreach (byte b in key)
            rest = (rest << 8) | b;
        hash = (hash ^ rest) * multiplier;
        return (uint)(hash >> 32);
    }
}
