using System.Buffers;

namespace Data.Storage;

/// <summary>Whole lines in a buffer of the pool; whoever is done with them gives the buffer back.</summary>
/// <param name="Buffer">has at least <see cref="TextBlocks.Padding"/> zeros after <paramref name="End"/></param>
/// <param name="Start">of the first line</param>
/// <param name="End">after the last line with its end</param>
internal readonly record struct TextBlock(byte[] Buffer, int Start, int End)
{
    public ReadOnlySpan<byte> Text => Buffer.AsSpan(Start, End - Start);

    public void Return() => ArrayPool<byte>.Shared.Return(Buffer);
}

/// <summary>Divides a stream into blocks of whole lines; only the last line of all may lack its end.</summary>
/// <param name="source">read by one thread at a time</param>
/// <param name="blockBytes">about so many each; a longer line makes a longer block</param>
internal sealed class TextBlocks(Stream source, int blockBytes = TextBlocks.UsualBytes)
{
    /// <summary>So many bytes may be read at once from anywhere in a block.</summary>
    public const int Padding = 16;

    /// <summary>A block and the columns that are made of it fit into a core's own cache together.</summary>
    public const int UsualBytes = (1 << 19) - Padding;

    // The beginning of a line, in a buffer of the pool.
    private byte[] _rest = [];
    private int _length;
    private bool _ended;

    public bool TryNext(out TextBlock block)
    {
        // Longer ones as long as they hold no whole line.
        for (int size = Math.Max(blockBytes, _length); ; size *= 2)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(size + Padding);
            int length = _length;
            _rest.AsSpan(0, length).CopyTo(buffer);
            Keep([]);
            if (!_ended)
            {
                length += source.ReadAtLeast(buffer.AsSpan(length, size - length), size - length, throwOnEndOfStream: false);
                _ended = length < size;
            }

            int whole = _ended ? length : buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            Keep(buffer.AsSpan(whole, length - whole));
            block = new TextBlock(buffer, 0, whole);
            if (whole > 0)
            {
                buffer.AsSpan(whole, Padding).Clear();
                return true;
            }

            block.Return();
            if (_ended)
                return false;
        }
    }

    /// <summary>What has not been given out, after the bytes of a block that are not used.</summary>
    public Stream Rest(ReadOnlySpan<byte> unused)
    {
        byte[] first = [.. unused, .. _rest.AsSpan(0, _length)];
        Keep([]);
        return new StreamSequence(new MemoryStream(first, writable: false), source);
    }

    private void Keep(ReadOnlySpan<byte> text)
    {
        if (_rest.Length > 0)
            ArrayPool<byte>.Shared.Return(_rest);
        (_rest, _length) = ([], text.Length);
        if (text.IsEmpty)
            return;
        _rest = ArrayPool<byte>.Shared.Rent(text.Length);
        text.CopyTo(_rest);
    }
}
