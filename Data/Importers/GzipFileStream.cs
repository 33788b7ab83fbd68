using System.IO.Compression;

namespace Data.Importers;

/// <summary>The content of a gzip file. What is known of its progress is the compressed file's: how long the content is, nobody knows before its end.</summary>
internal sealed class GzipFileStream(string path)
    : GZipStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan), CompressionMode.Decompress)
{
    /// <summary>Bytes of the compressed file.</summary>
    public override long Length => BaseStream.Length;

    /// <summary>Bytes read of the compressed file.</summary>
    public override long Position
    {
        get => BaseStream.Position;
        set => throw new NotSupportedException();
    }
}
