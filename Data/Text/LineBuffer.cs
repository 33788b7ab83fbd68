namespace Data.Text;

/// <summary>Gives a stream's lines as ranges of one buffer: no copy, no string. The buffer grows to the longest record.</summary>
internal sealed class LineBuffer
{
    private readonly Stream stream;
    private int filled;
    private int next;
    private bool ended;
    private bool begun;

    public LineBuffer(Stream stream, int size, bool begun = false)
    {
        (this.stream, this.begun) = (stream, begun);
        Bytes = new byte[Math.Max(16, size)];
    }

    /// <summary>Lines that are in memory already: no byte order mark is looked for.</summary>
    public LineBuffer(byte[] bytes, int start, int end)
    {
        (stream, Bytes) = (Stream.Null, bytes);
        (Start, End, next, filled) = (start, start, start, end);
        ended = begun = true;
    }

    /// <summary>Changes when the buffer grows: take it anew after each call.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>Where the current line begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends, without its line end.</summary>
    public int End { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public int After => next;

    /// <summary>Bytes consumed of the stream.</summary>
    public long Position { get; private set; }

    /// <summary>Moves to the next line; false at the end.</summary>
    public bool Next()
    {
        if (!begun)
            SkipByteOrderMark();
        Position += next - Start;
        Start = next;
        return Find(from: next);
    }

    /// <summary>Goes on with the line that begins at a place of the buffer.</summary>
    public void MoveTo(int at) => Start = End = next = at;

    /// <summary>Joins the line after the current one to it, with its line end; false if there is none.</summary>
    public bool Extend() => (next < filled || !ended) && Find(from: next);

    /// <summary>Takes back what was joined: the record becomes its first <paramref name="length"/> bytes and the line end after them.</summary>
    public void Retract(int length)
    {
        int lineEnd = Bytes.AsSpan(Start + length, filled - Start - length).IndexOf((byte)'\n');
        next = lineEnd < 0 ? filled : Start + length + lineEnd + 1;
        End = Start + length;
    }

    private bool Find(int from)
    {
        while (true)
        {
            int at = Bytes.AsSpan(from, filled - from).IndexOf((byte)'\n');
            if (at >= 0)
                return Found(from + at, from + at + 1);
            from = filled;
            if (ended)
                return filled > next && Found(filled, filled);
            from -= Fill();
        }
    }

    private bool Found(int end, int after)
    {
        next = after;
        End = end > Start && Bytes[end - 1] == '\r' ? end - 1 : end;
        return true;
    }

    /// <summary>Reads on; returns by how much the current record moved towards the buffer's beginning.</summary>
    private int Fill()
    {
        int moved = Start;
        if (moved > 0)
        {
            Bytes.AsSpan(Start, filled - Start).CopyTo(Bytes);
            (filled, next, End, Start) = (filled - moved, next - moved, End - moved, 0);
        }

        if (filled == Bytes.Length)
        {
            byte[] larger = new byte[Bytes.Length * 2];
            Bytes.CopyTo(larger, 0);
            Bytes = larger;
        }

        int count = stream.Read(Bytes, filled, Bytes.Length - filled);
        ended = count == 0;
        filled += count;
        return moved;
    }

    private void SkipByteOrderMark()
    {
        begun = true;
        while (filled < 3 && !ended)
            Fill();
        if (Bytes.AsSpan(0, filled).StartsWith("\uFEFF"u8))
            next = 3;
    }
}
