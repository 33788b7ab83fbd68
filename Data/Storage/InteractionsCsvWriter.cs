using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Data.Text;
using Trainers;

namespace Data.Storage;

/// <summary>
/// interactions.csv: <c>user,item,rating,timestamp</c>, users in their order, each user's rows in order of time. A rating
/// that is not known is an empty field; ratings are written with as many digits as they need to read back the same.
/// </summary>
/// <remarks>
/// Blocks of users are formatted by several threads and written in order. Compressed, each block is a gzip member of its
/// own, so compression is parallel too; gzip defines a file of several members as their concatenation.
/// </remarks>
internal static class InteractionsCsvWriter
{
    public const string Header = "user,item,rating,timestamp";
    private const int RowsPerBlock = 1 << 14;

    /// <param name="ratings">U x I</param>
    /// <param name="users">U ids without control characters</param>
    /// <param name="items">I items</param>
    /// <param name="destination">of the bytes</param>
    /// <param name="compress">true for gzip</param>
    /// <param name="threads">at most so many</param>
    /// <param name="written">told the number of rows of each block</param>
    /// <param name="cancellation">looked at before each block</param>
    public static void Write(
        Interactions ratings,
        IReadOnlyList<string> users,
        IReadOnlyList<Item> items,
        Stream destination,
        bool compress,
        int threads,
        Action<int> written,
        CancellationToken cancellation)
    {
        byte[][] itemFields = [.. items.Select(item => Field(item.Id))];
        WriteBlock(destination, Encoding.ASCII.GetBytes(Header + "\n"), compress);
        InOrder.Run(
            Blocks(ratings),
            threads,
            block =>
            {
                var rows = new RowFormatter(compress);
                for (int user = block.First; user < block.End; user++)
                    rows.AddUser(Field(users[user]), ratings, user, itemFields);
                return (Bytes: rows.Finish(), Rows: (int)(ratings.Offsets[block.End] - ratings.Offsets[block.First]));
            },
            block =>
            {
                destination.Write(block.Bytes.Buffer, 0, block.Bytes.Count);
                ArrayPool<byte>.Shared.Return(block.Bytes.Buffer);
                written(block.Rows);
            },
            cancellation);
    }

    private static IEnumerable<(int First, int End)> Blocks(Interactions ratings)
    {
        int first = 0;
        for (int user = 0; user < ratings.UserCount; user++)
        {
            bool last = user + 1 == ratings.UserCount;
            if (last || ratings.Offsets[user + 1] - ratings.Offsets[first] >= RowsPerBlock)
            {
                yield return (first, user + 1);
                first = user + 1;
            }
        }
    }

    private static byte[] Field(string id)
    {
        var text = new StringBuilder();
        CsvText.AppendField(text, id);
        return Utf8Text.Strict.GetBytes(text.ToString());
    }

    private static void WriteBlock(Stream destination, ReadOnlySpan<byte> bytes, bool compress)
    {
        if (!compress)
        {
            destination.Write(bytes);
            return;
        }

        using var gzip = new GZipStream(destination, CompressionLevel.Fastest, leaveOpen: true);
        gzip.Write(bytes);
    }

    /// <summary>Rows of one block as bytes, in a buffer of the pool.</summary>
    private sealed class RowFormatter(bool compress)
    {
        private const int LongestNumber = 32;
        private byte[] _buffer = ArrayPool<byte>.Shared.Rent(RowsPerBlock * 64);
        private int _length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void AddUser(byte[] name, Interactions ratings, int user, byte[][] itemFields)
        {
            ReadOnlySpan<int> items = ratings.ItemsOf(user);
            ReadOnlySpan<float> values = ratings.RatingsOf(user);
            ReadOnlySpan<long> times = ratings.TimesOf(user);
            for (int i = 0; i < items.Length; i++)
            {
                byte[] item = itemFields[items[i]];
                int most = name.Length + item.Length + (2 * LongestNumber) + 4;
                if (_buffer.Length - _length < most)
                    Grow(most);
                Span<byte> to = _buffer.AsSpan(_length);
                name.CopyTo(to);
                to[name.Length] = (byte)',';
                int at = name.Length + 1;
                item.CopyTo(to[at..]);
                at += item.Length;
                to[at++] = (byte)',';
                at += Rating(values[i], to[at..]);
                to[at++] = (byte)',';
                Utf8Formatter.TryFormat(times[i], to[at..], out int digits);
                at += digits;
                to[at++] = (byte)'\n';
                _length += at;
            }
        }

        public (byte[] Buffer, int Count) Finish()
        {
            if (!compress)
                return (_buffer, _length);

            using var packed = new MemoryStream(_length / 3);
            WriteBlock(packed, _buffer.AsSpan(0, _length), compress: true);
            if (packed.Length > _buffer.Length)
                Grow((int)packed.Length);
            packed.GetBuffer().AsSpan(0, (int)packed.Length).CopyTo(_buffer);
            return (_buffer, (int)packed.Length);
        }

        /// <summary>Whole and half stars are most of all ratings and need no general formatting.</summary>
        private static int Rating(float value, Span<byte> to)
        {
            if (float.IsNaN(value))
                return 0;
            int halves = (int)(2 * value);
            if (value is > 0 and < 10 && halves == 2 * value)
            {
                to[0] = (byte)('0' + (halves / 2));
                if (halves % 2 == 0)
                    return 1;
                (to[1], to[2]) = ((byte)'.', (byte)'5');
                return 3;
            }

            value.TryFormat(to, out int written, default, CultureInfo.InvariantCulture);
            return written;
        }

        private void Grow(int more)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _length + more));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
