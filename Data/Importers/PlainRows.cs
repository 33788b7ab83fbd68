using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
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

    private readonly RatingsLayout layout;
    private readonly ListedItems? items;
    private readonly RowBlock block;
    private readonly float minRating;
    private readonly float maxRating;
    private readonly byte delimiter;
    private readonly int width;
    private byte[] userField = [];
    private ulong userWord;
    private ulong userMask;
    private int user = -1;

    /// <param name="layout">one that <see cref="Fit"/></param>
    /// <param name="items">the listed items; null where items are whatever the rows name</param>
    /// <param name="block">takes the rows</param>
    public PlainRows(RatingsLayout layout, ListedItems? items, RowBlock block)
    {
        (this.layout, this.items, this.block) = (layout, items, block);
        (minRating, maxRating) = (layout.MinRating, layout.MaxRating);
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(byte[] text, int end, ref int at, ref int line)
    {
        RestOfBlock columns = block.Rest();
        int rows = 0;
        while (at < end)
        {
            int next = IsOfUser(text, at) ? at + userField.Length : AfterOtherUser(text, at, end);
            if (next < 0 || next >= end)
                break;
            next = AfterItem(text, next, end, out int item);
            if (next < 0 || next >= end)
                break;
            next = AfterRating(text, next, out float rating);
            if (next < 0 || next >= end)
                break;
            next = AfterTime(text, next, end, out long time);
            if (next < 0)
                break;
            (columns.Users[rows], columns.Items[rows], columns.Ratings[rows], columns.Times[rows]) = (user, item, rating, time);
            rows++;
            at = next;
        }

        block.Added(rows, line);
        line += rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WordAt(byte[] text, int at) => BinaryPrimitives.ReadUInt64LittleEndian(text.AsSpan(at));

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
    private bool IsOfUser(byte[] text, int at) =>
        user >= 0 && (WordAt(text, at) & userMask) == userWord && (userField.Length <= 8 || text.AsSpan(at).StartsWith(userField));

    /// <summary>Another user that the block has already, if their name is a number as the format wants it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AfterOtherUser(byte[] text, int at, int end)
    {
        int length = Digits(WordAt(text, at) ^ Zeros);
        if (length is 0 or 8 || at + length >= end)
            return -1;
        int number = text[at + length] == delimiter ? block.Names.Find(text.AsSpan(at, length)) : -1;
        if (number < 0)
            return -1;
        Follow(number);
        return user >= 0 && text.AsSpan(at).StartsWith(userField) ? at + userField.Length : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AfterItem(byte[] text, int at, int end, out int item)
    {
        item = -1;
        int length;
        if (items is not null)
        {
            ulong values = WordAt(text, at) ^ Zeros;
            length = Digits(values);
            if (length is 0 or 8 || (length > 1 && (byte)values == 0))
                return -1;
            item = items.Find(Value(values, length));
        }
        else
        {
            length = text.AsSpan(at, end - at).IndexOfAny(delimiter, (byte)'"', (byte)'\n');
            if (length > 0)
                item = block.ItemNames.Find(text.AsSpan(at, length));
        }

        return item < 0 || text[at + length] != delimiter || (width == 2 && text[at + length + 1] != delimiter) ? -1 : at + length + width;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AfterRating(byte[] text, int at, out float rating)
    {
        rating = 0;
        int whole = text[at] - '0', length = 1;
        if ((uint)whole > 9)
            return -1;
        if (text[at + 1] == '.')
        {
            int tenth = text[at + 2] - '0';
            if ((uint)tenth > 9)
                return -1;
            (rating, length) = (((10 * whole) + tenth) / 10f, 3);
        }
        else
        {
            rating = whole;
        }

        bool good = text[at + length] == delimiter && (width == 1 || text[at + length + 1] == delimiter) && rating >= minRating && rating <= maxRating;
        return good ? at + length + width : -1;
    }

    /// <summary>After the line's end, which is part of a plain row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AfterTime(byte[] text, int at, int end, out long time)
    {
        ulong values = WordAt(text, at) ^ Zeros;
        int length = Digits(values);
        time = length == 0 ? 0 : Value(values, length);
        if (length == 8)
        {
            values = WordAt(text, at + 8) ^ Zeros;
            int more = Digits(values);
            if (more == 8)
                return -1;
            if (more > 0)
                time = (time * PowersOfTen[more]) + Value(values, more);
            length += more;
        }

        int after = at + length;
        if (length == 0 || after >= end)
            return -1;
        if (text[after] == '\n')
            return after + 1;
        return text[after] == '\r' && after + 1 < end && text[after + 1] == '\n' ? after + 2 : -1;
    }
}
