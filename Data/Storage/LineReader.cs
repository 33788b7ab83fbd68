using Data.Text;

namespace Data.Storage;

/// <summary>Goes through the lines of a stream, as bytes. A line end is LF or CRLF; the last line may lack it.</summary>
internal sealed class LineReader(Stream source)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Of the line that <see cref="Next"/> gave, 1-based.</summary>
    public long Line { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long Read { get; private set; }

    /// <param name="line">without its end; valid until the next call</param>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0 || (_ended && _end > _start))
            {
                int end = length >= 0 ? _start + searched + length : _end;
                line = _buffer.AsSpan(_start, end - _start);
                if (line.EndsWith("\r"u8))
                    line = line[..^1];
                if (Line == 0)
                    line = Utf8Text.WithoutMark(line);
                _start = Math.Min(end + 1, _end);
                Line++;
                return true;
            }

            if (_ended)
            {
                line = default;
                return false;
            }

            searched = _end - _start;
            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        int read = source.Read(_buffer, _end, _buffer.Length - _end);
        _ended = read == 0;
        _end += read;
        Read += read;
    }
}
