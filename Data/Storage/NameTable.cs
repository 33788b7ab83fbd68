using System.Buffers.Binary;
using System.Text;

namespace Data.Storage;

/// <summary>Numbers distinct UTF-8 names in the order in which they are added; looked up without making strings.</summary>
/// <remarks>Open addressing with linear probing over one buffer of bytes; at most half full.</remarks>
internal sealed class NameTable
{
    private int[] _slots = new int[64]; // number + 1; 0 is free
    private byte[] _bytes = new byte[1024];
    private int[] _ends = new int[32]; // name n is _bytes[_ends[n - 1] .. _ends[n]]
    private ulong[] _hashes = new ulong[32];

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
    public int Find(ReadOnlySpan<byte> name) => _slots[Slot(name, Hash(name))] - 1;

    /// <summary>The number of a name, which is added if it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> name, out bool isNew)
    {
        ulong hash = Hash(name);
        int slot = Slot(name, hash);
        isNew = _slots[slot] == 0;
        if (!isNew)
            return _slots[slot] - 1;

        if (2 * (Count + 1) > _slots.Length)
        {
            Rehash();
            slot = Slot(name, hash);
        }

        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * Count);
            Array.Resize(ref _hashes, 2 * Count);
        }

        if (start + name.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(start + name.Length, 2 * _bytes.Length));
        name.CopyTo(_bytes.AsSpan(start));
        (_ends[Count], _hashes[Count]) = (start + name.Length, hash);
        _slots[slot] = ++Count;
        return Count - 1;
    }

    /// <summary>A hash of the names and their order.</summary>
    public ulong ContentHash() => Storage.ContentHash.Of(
        [(ulong)Count, Storage.ContentHash.Of(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_ends.AsSpan(0, Count))), Storage.ContentHash.Of(_bytes.AsSpan(0, Count == 0 ? 0 : _ends[Count - 1]))]);

    public string[] ToStrings()
    {
        var names = new string[Count];
        for (int number = 0; number < names.Length; number++)
            names[number] = Encoding.UTF8.GetString(this[number]);
        return names;
    }

    private int Slot(ReadOnlySpan<byte> name, ulong hash)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(hash >> 32) & mask;
        while (_slots[slot] is var entry && entry != 0 && !(_hashes[entry - 1] == hash && this[entry - 1].SequenceEqual(name)))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Rehash()
    {
        _slots = new int[2 * _slots.Length];
        int mask = _slots.Length - 1;
        for (int number = 0; number < Count; number++)
        {
            int slot = (int)(_hashes[number] >> 32) & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = number + 1;
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
}
