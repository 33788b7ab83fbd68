namespace Workbench.Studies.Postgres;

/// <summary>Keeps what is written in memory, and once it is more than so many bytes, all of it in a file.</summary>
/// <param name="most">bytes that stay in memory</param>
/// <param name="begin">makes the file</param>
internal sealed class SpillStream(long most, Func<FileStream> begin) : MemoryStream
{
    /// <summary>Has everything that was written; null if that is in memory.</summary>
    public FileStream? File { get; private set; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (FileFor(count) is { } file)
            file.Write(buffer, offset, count);
        else
            base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // The base class would come back with a copy of its own.
        if (FileFor(buffer.Length) is { } file)
            file.Write(buffer);
        else
            base.Write(buffer.ToArray(), 0, buffer.Length);
    }

    public override void WriteByte(byte value) => Write([value]);

    private FileStream? FileFor(int more)
    {
        if (File is null && Length + more > most)
        {
            File = begin();
            WriteTo(File);
            SetLength(0);
            Capacity = 0;
        }

        return File;
    }
}
