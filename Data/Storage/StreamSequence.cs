namespace Data.Storage;

/// <summary>One stream, then another.</summary>
internal sealed class StreamSequence(Stream first, Stream second) : ReadOnlyStream
{
    private bool _firstEnded;

    public override int Read(Span<byte> buffer)
    {
        int count = _firstEnded ? 0 : first.Read(buffer);
        if (count > 0 || buffer.IsEmpty)
            return count;
        _firstEnded = true;
        return second.Read(buffer);
    }
}
