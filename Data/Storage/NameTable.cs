using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Data.Storage;

/// <summary>Numbers distinct UTF-8 names in the order in which they are added; looked up without making strings.</summary>
/// <remarks>Open addressing with linear probing over one buffer of bytes; at most half full. Compiled fully at once: an import would be half done before the runtime has seen enough of it.</remarks>
internal sealed class NameTable
{
    private const int BytesOfName = 16;

    private Slot[] _slots;
    private byte[] _bytes;
    private int[] _ends; // name n is _bytes[_ends[n - 1] .. _ends[n]]

    /// <param name="expected">names; there is room for so many at first</param>
    public NameTable(int expected = 32)
    {
        expected = Math.Max(32, expected);
        _slots = new Slot[BitOperations.RoundUpToPowerOf2(2 * (uint)expected)];
        (_bytes, _ends) = (new byte[BytesOfName * expected], new int[expected]);
    }

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            int start = number == 0 ? 0 : _ends[number - 1];
            return _bytes.AsSpan(start, _ends[number] - start);
        }
    }

    /// <summary>The number of a name, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(ReadOnlySpan<byte> name) => _slots[SlotOf(name, Hash(name))].Entry - 1;

    /// <summary>The number of a name, which is added if it is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int FindOrAdd(ReadOnlySpan<byte> name, out bool isNew)
    {
        ulong hash = Hash(name);
        int slot = SlotOf(name, hash);
        isNew = _slots[slot].Entry == 0;
        if (!isNew)
            return _slots[slot].Entry - 1;

        if (2 * (Count + 1) > _slots.Length)
        {
            Rehash();
            slot = SlotOf(name, hash);
        }

        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (Count == _ends.Length)
            Array.Resize(ref _ends, 2 * Count);
        if (start + name.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(start + name.Length, 2 * _bytes.Length));
        name.CopyTo(_bytes.AsSpan(start));
        _ends[Count] = start + name.Length;
        _slots[slot] = new Slot(hash, start, name.Length, Count + 1);
        return Count++;
    }

    /// <summary>A hash of the names and their order.</summary>
    public ulong ContentHash() => Storage.ContentHash.Of(
        [(ulong)Count, Storage.ContentHash.Of(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_ends.AsSpan(0, Count))), Storage.ContentHash.Of(_bytes.AsSpan(0, Count == 0 ? 0 : _ends[Count - 1]))]);

    /// <param name="prefix">of each</param>
    public string[] ToStrings(string prefix = "")
    {
        var names = new string[Count];
        for (int number = 0; number < names.Length; number++)
            names[number] = prefix + Encoding.UTF8.GetString(this[number]);
        return names;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SlotOf(ReadOnlySpan<byte> name, ulong hash)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int at = (int)(hash >> 32) & mask;
        while (true)
        {
            ref readonly Slot slot = ref slots[at];
            if (slot.Entry == 0 || (slot.Hash == hash && slot.Length == name.Length && _bytes.AsSpan(slot.Start, slot.Length).SequenceEqual(name)))
                return at;
            at = (at + 1) & mask;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rehash()
    {
        Slot[] before = _slots;
        _slots = new Slot[2 * before.Length];

        // Pages that are first read and then written cost the system twice and interrupt the other processors: all are written first.
        Array.Clear(_slots);
        int mask = _slots.Length - 1;
        foreach (Slot slot in before)
        {
            if (slot.Entry == 0)
                continue;
            int at = (int)(slot.Hash >> 32) & mask;
            while (_slots[at].Entry != 0)
                at = (at + 1) & mask;
            _slots[at] = slot;
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length * 0x9E3779B97F4A7C15;
        for (; name.Length >= 8; name = name[8..])
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(name));
        ulong rest = 0;
        for (int i = 0; i < name.Length; i++)
            rest |= (ulong)name[i] << (8 * i);
        hash = Mix(hash, rest);
        return hash ^ (hash >> 29);
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * 0xD6E8FEB86659FD93;
        return (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
    }

    // A name's bytes, and its number + 1: an entry of 0 is free.
    private readonly record struct Slot(ulong Hash, int Start, int Length, int Entry);
}
