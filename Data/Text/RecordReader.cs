using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Data.Text;

/// <summary>Reads delimited records as spans of bytes. A malformed one is told by <see cref="Problem"/>, and reading goes on at the line after its first.</summary>
internal sealed class RecordReader : IDisposable
{
    // A quote that is not closed would take the rest of the file into one record.
    private const int LongestRecord = 1 << 20;

    private readonly RecordFormat format;
    private readonly Stream stream;
    private readonly LineBuffer lines;
    private byte[] scratch = [];
    private byte[] source = [];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int linesJoined;

    /// <param name="stream">disposed with the reader</param>
    /// <param name="format">how records are divided</param>
    /// <param name="bufferSize">bytes read at once, for tests</param>
    /// <param name="begun">the stream goes on with a file: no byte order mark is looked for</param>
    public RecordReader(Stream stream, RecordFormat format, int bufferSize = 1 << 18, bool begun = false) =>
        (this.stream, this.format, lines) = (stream, format, new LineBuffer(stream, bufferSize, begun));

    /// <summary>Reads what is in memory: whole records, no byte order mark.</summary>
    public RecordReader(byte[] text, int start, int end, RecordFormat format) =>
        (stream, this.format, lines) = (Stream.Null, format, new LineBuffer(text, start, end));

    /// <summary>Of the current record: its first line, 1-based.</summary>
    public long Line { get; private set; }

    /// <summary>The line after the current record, 1-based.</summary>
    public long NextLine => Line + linesJoined;

    /// <summary>In memory: where the line after the current record begins.</summary>
    public int After => lines.After;

    /// <summary>Fields of the current record.</summary>
    public int Count { get; private set; }

    /// <summary>What is wrong with the current record; its fields are then not to be used.</summary>
    public string? Problem { get; private set; }

    /// <summary>Bytes consumed.</summary>
    public long Position => lines.Position;

    /// <summary>The bytes of a field, unquoted; valid until the next record.</summary>
    public ReadOnlySpan<byte> this[int field] => source.AsSpan(starts[field], ends[field] - starts[field]);

    public string Text(int field) => (format.Latin1 ? Encoding.Latin1 : Encoding.UTF8).GetString(this[field]);

    /// <summary>Moves to the next record that is not a blank line; false at the end.</summary>
    public bool Read()
    {
        do
        {
            Line += linesJoined;
            linesJoined = 1;
            if (!lines.Next())
                return false;
            if (Line == 0)
                Line = 1;
        }
        while (lines.End == lines.Start);

        Problem = null;
        ReadOnlySpan<byte> line = lines.Bytes.AsSpan(lines.Start, lines.End - lines.Start);
        if (format.Quotes && line.Contains((byte)'"'))
            ReadQuoted();
        else
            Divide(line);
        if (Problem is null && !format.Latin1)
            CheckUtf8();
        return true;
    }

    /// <summary>In memory: goes on with the record that begins at a place, on a line.</summary>
    public void MoveTo(int at, long line)
    {
        lines.MoveTo(at);
        (Line, linesJoined) = (line, 0);
    }

    public void Dispose() => stream.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Divide(ReadOnlySpan<byte> line)
    {
        source = lines.Bytes;
        int start = lines.Start, end = start + line.Length, fields = 0;
        ReadOnlySpan<byte> delimiter = [format.Delimiter, format.Delimiter];
        int width = format.Doubled ? 2 : 1;
        while (true)
        {
            ReadOnlySpan<byte> rest = source.AsSpan(start, end - start);
            int at = width == 1 ? rest.IndexOf(format.Delimiter) : rest.IndexOf(delimiter);
            if (at < 0)
                break;
            Add(ref fields, start, start + at);
            start += at + width;
        }

        Add(ref fields, start, end);
        Count = fields;
    }

    /// <summary>RFC 4180, unescaped into a buffer of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadQuoted()
    {
        int firstLength = lines.End - lines.Start;
        int fields = 0, written = 0, i = 0;
        while (true)
        {
            int start = written;
            bool quoted = i < Length && At(i) == '"';
            if (quoted)
            {
                i++;
                while (true)
                {
                    if (i >= Length)
                    {
                        int before = Length;
                        if (before > LongestRecord || !lines.Extend())
                        {
                            Fail("a quoted field is opened here and never closed: close the quote, or double a quote inside a field", firstLength);
                            return;
                        }

                        linesJoined++;

                        // The line end inside the quotes, as written.
                        while (i < Length && At(i) is (byte)'\r' or (byte)'\n')
                        {
                            Write(ref written, At(i));
                            if (At(i++) == '\n')
                                break;
                        }

                        continue;
                    }

                    ReadOnlySpan<byte> rest = lines.Bytes.AsSpan(lines.Start + i, Length - i);
                    int quote = rest.IndexOf((byte)'"');
                    rest = quote < 0 ? rest : rest[..quote];
                    Write(ref written, rest);
                    i += rest.Length;
                    if (quote < 0)
                        continue;
                    i++;
                    if (i < Length && At(i) == '"')
                        Write(ref written, At(i++));
                    else
                        break;
                }

                if (i < Length && At(i) != format.Delimiter)
                {
                    Fail("text follows a closing quote: double a quote inside a field", firstLength);
                    return;
                }
            }
            else
            {
                ReadOnlySpan<byte> rest = lines.Bytes.AsSpan(lines.Start + i, Length - i);
                int end = rest.IndexOfAny(format.Delimiter, (byte)'"');
                rest = end < 0 ? rest : rest[..end];
                Write(ref written, rest);
                i += rest.Length;
                if (i < Length && At(i) == '"')
                {
                    Fail("a quote stands inside an unquoted field: quote the field, and double the quotes inside", firstLength);
                    return;
                }
            }

            Add(ref fields, start, written);
            if (i >= Length)
                break;
            i++;
        }

        source = scratch;
        Count = fields;
    }

    private int Length => lines.End - lines.Start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte At(int i) => lines.Bytes[lines.Start + i];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(ref int written, byte value)
    {
        if (written == scratch.Length)
            Array.Resize(ref scratch, Math.Max(256, written * 2));
        scratch[written++] = value;
    }

    private void Write(ref int written, ReadOnlySpan<byte> values)
    {
        if (written + values.Length > scratch.Length)
            Array.Resize(ref scratch, Math.Max(256, 2 * (written + values.Length)));
        values.CopyTo(scratch.AsSpan(written));
        written += values.Length;
    }

    private void Fail(string problem, int firstLength)
    {
        Problem = problem;
        Count = 0;
        linesJoined = 1;
        lines.Retract(firstLength);
    }

    private void Add(ref int fields, int start, int end)
    {
        if (fields == starts.Length)
        {
            Array.Resize(ref starts, fields * 2);
            Array.Resize(ref ends, fields * 2);
        }

        (starts[fields], ends[fields]) = (start, end);
        fields++;
    }

    private void CheckUtf8()
    {
        ReadOnlySpan<byte> line = lines.Bytes.AsSpan(lines.Start, Length);
        if (Ascii.IsValid(line) || Utf8.IsValid(line))
            return;
        Problem = Utf8Text.Describe(line);
        Count = 0;
    }
}
