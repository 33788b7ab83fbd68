using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Data.Storage;

namespace Data.Importers;

/// <summary>
/// Reads the rows that nearly all files of ratings consist of: user, item, rating, time; a user of the block; numbers of a few digits. It takes a
/// row only if <see cref="RatingRow"/> would make the same of it, and leaves everything else, right or wrong, to that one.
/// </summary>
/// <remarks>Digits are read eight at once, as a word (little-endian: the first digit is the lowest byte), whatever follows them.</remarks>
internal sealed class PlainRows
{
    private const ulong Zeros = 0x3030303030303030;

    private static ReadOnlySpan<uint> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    private const int RowsAtOnce = 512;

    private readonly RatingsLayout layout;
    private readonly ListedItems? items;
    private readonly RowBlock block;
    private readonly float[] ratingOfTenths = new float[100];
    private readonly byte delimiter;
    private readonly int width;
    private byte[] userField = [];
    private int userLength;
    private ulong userWord;
    private ulong userMask;
    private int user = -1;

    /// <param name="layout">one that <see cref="Fit"/></param>
    /// <param name="items">the listed items; null where items are whatever the rows name</param>
    /// <param name="block">takes the rows</param>
    public PlainRows(RatingsLayout layout, ListedItems? items, RowBlock block)
    {
        (this.layout, this.items, this.block) = (layout, items, block);
        for (int tenths = 0; tenths < ratingOfTenths.Length; tenths++)
            ratingOfTenths[tenths] = tenths / 10f >= layout.MinRating && tenths / 10f <= layout.MaxRating ? tenths / 10f : float.NaN;
        (delimiter, width) = (layout.Format.Delimiter, layout.Format.Doubled ? 2 : 1);
    }

    /// <summary>Whether rows of a layout can be read so.</summary>
    public static bool Fit(RatingsLayout layout) =>
        layout is { Columns: 4, User: 0, Item: 1, Rating: 2, Time: 3 } && layout.Format.Delimiter is not ((byte)'.' or (byte)'-' or (>= (byte)'0' and <= (byte)'9'));

    /// <summary>The rows that follow are probably of a user of the block.</summary>
    public void Follow(int number)
    {
        if (number == user)
            return;
        ReadOnlySpan<byte> name = block.Names[number];

        // A name that was quoted may hold what would divide it here.
        if (name.IndexOfAny(delimiter, (byte)'"', (byte)'\n') >= 0)
        {
            user = -1;
            return;
        }

        user = number;
        userField = layout.Format.Doubled ? [.. name, delimiter, delimiter] : [.. name, delimiter];
        userLength = userField.Length;
        userMask = userField.Length >= 8 ? ulong.MaxValue : (1UL << (8 * userField.Length)) - 1;
        userWord = 0;
        for (int i = Math.Min(8, userField.Length) - 1; i >= 0; i--)
            userWord = (userWord << 8) | userField[i];
    }

    /// <summary>Reads rows up to one that is not plain.</summary>
    /// <param name="text">padded as a <see cref="TextBlock"/> is</param>
    /// <param name="end">of the text</param>
    /// <param name="at">where a line begins; moved on by the rows that were read</param>
    /// <param name="line">how many lines of the block stand before it; moved on as well</param>
    public void Read(byte[] text, int end, ref int at, ref int line)
    {
        // Listed items are looked up for many rows at once: then the misses of the cache overlap.
        Span<int> starts = stackalloc int[RowsAtOnce];
        int parsed, kept;
        do
        {
            RestOfBlock columns = block.Rest();
            parsed = Parse(text, at, end, columns, starts, out int after);
            kept = items is null ? parsed : items.Find(columns.Items[..parsed]);
            at = kept < parsed ? starts[kept] : after;
            block.Added(kept, line);
            line += kept;
        }
        while (kept == RowsAtOnce);
    }

    /// <param name="text">padded</param>
    /// <param name="row">where the first line begins</param>
    /// <param name="end">of the text</param>
    /// <param name="columns">takes users, ratings, times, and items, those that are listed as the values of their ids</param>
    /// <param name="starts">takes where each row begins; so many are read at most</param>
    /// <param name="after">after the last row that was read</param>
    /// <returns>how many rows</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Parse(byte[] text, int row, int end, RestOfBlock columns, Span<int> starts, out int after)
    {
        ref byte first = ref MemoryMarshal.GetArrayDataReference(text);
        bool listed = items is not null;
        int rows = 0, most = Math.Min(starts.Length, columns.Times.Length);
        while (row < end && rows < most)
        {
            // Each step ends after a delimiter or line end of the text, for the padding is neither: so none leaves it.
            int next = IsOfUser(ref first, text, row) ? row + userLength : AfterOtherUser(text, row, end);
            if (next < 0)
                break;
            next = listed ? AfterNumber(ref first, next, out int item) : AfterNamedItem(text, next, end, out item);
            if (next < 0)
                break;
            next = AfterRating(ref first, next, out float rating);
            if (next < 0)
                break;
            next = AfterTime(ref first, next, out long time);
            if (next < 0)
                break;
            (columns.Users[rows], columns.Items[rows], columns.Ratings[rows], columns.Times[rows], starts[rows]) = (user, item, rating, time, row);
            rows++;
            row = next;
        }

        after = row;
        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WordAt(ref byte first, int at)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    /// <summary>How many of a word's bytes, from the first, are digits; given the word less <see cref="Zeros"/> by exclusive or.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digits(ulong values) => BitOperations.TrailingZeroCount(((values + 0x7676767676767676) | values) & 0x8080808080808080) >> 3;

    /// <summary>The value of the first 1 to 8 digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Value(ulong values, int digits)
    {
        // Zeros come before them; then pairs, fours and eight are summed up.
        values <<= 64 - (8 * digits);
        values = (values * 10) + (values >> 8);
        return (uint)((((values & 0x000000FF000000FF) * (100 + (1_000_000UL << 32))) + (((values >> 16) & 0x000000FF000000FF) * (1 + (10_000UL << 32)))) >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOfUser(ref byte first, byte[] text, int at) =>
        (WordAt(ref first, at) & userMask) == userWord && user >= 0 && (userLength <= 8 || text.AsSpan(at).StartsWith(userField));

    /// <summary>Another user that the block has already, if their name is a number as the format wants it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AfterOtherUser(byte[] text, int at, int end)
    {
        int length = Digits(WordAt(ref MemoryMarshal.GetArrayDataReference(text), at) ^ Zeros);
        if (length is 0 or 8 || at + length >= end)
            return -1;
        int number = text[at + length] == delimiter ? block.Names.Find(text.AsSpan(at, length)) : -1;
        if (number < 0)
            return -1;
        Follow(number);
        return user >= 0 && text.AsSpan(at).StartsWith(userField) ? at + userField.Length : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AfterNumber(ref byte first, int at, out int number)
    {
        ulong values = WordAt(ref first, at) ^ Zeros;
        int length = Digits(values);
        number = (int)Value(values, length);
        return length is 0 or 8 || (length > 1 && (byte)values == 0) ? -1 : AfterDelimiter(ref first, at + length);
    }

    private int AfterNamedItem(byte[] text, int at, int end, out int item)
    {
        int length = text.AsSpan(at, end - at).IndexOfAny(delimiter, (byte)'"', (byte)'\n');
        item = length > 0 ? block.ItemNames.Find(text.AsSpan(at, length)) : -1;
        return item < 0 ? -1 : AfterDelimiter(ref MemoryMarshal.GetArrayDataReference(text), at + length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AfterRating(ref byte first, int at, out float rating)
    {
        uint bytes = (uint)WordAt(ref first, at);
        uint whole = (bytes & 0xFF) - '0', tenth = ((bytes >> 16) & 0xFF) - '0';
        bool isWhole = (byte)(bytes >> 8) != '.';
        tenth = isWhole ? 0 : tenth;
        rating = whole > 9 || tenth > 9 ? float.NaN : Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ratingOfTenths), (int)((10 * whole) + tenth));
        return float.IsNaN(rating) ? -1 : AfterDelimiter(ref first, at + (isWhole ? 1 : 3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AfterDelimiter(ref byte first, int at) =>
        Unsafe.Add(ref first, at) != delimiter || (width == 2 && Unsafe.Add(ref first, at + 1) != delimiter) ? -1 : at + width;

    /// <summary>After the line's end, which is part of a plain row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AfterTime(ref byte first, int at, out long time)
    {
        ulong values = WordAt(ref first, at) ^ Zeros;
        int length = Digits(values);
        time = 0;
        if (length == 0)
            return -1;
        time = Value(values, length);
        if (length == 8)
        {
            values = WordAt(ref first, at + 8) ^ Zeros;
            int more = Digits(values);
            if (more == 8)
                return -1;
            if (more > 0)
                time = (time * PowersOfTen[more]) + Value(values, more);
            length += more;
        }

        int after = at + length;
        if (Unsafe.Add(ref first, after) == '\n')
            return after + 1;
        return Unsafe.Add(ref first, after) == '\r' && Unsafe.Add(ref first, after + 1) == '\n' ? after + 2 : -1;
    }
}
