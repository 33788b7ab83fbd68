using Data.Importers;

namespace Data.Downloads;

/// <summary>Puts a file in its place whole or not at all, and leaves alone one that is the same already.</summary>
internal static class Placement
{
    private const int BlockBytes = 1 << 17;

    /// <summary>Whether a file has this content.</summary>
    /// <param name="path">of the file; it need not be there</param>
    /// <param name="content">opened only if the length agrees</param>
    public static bool IsThere(string path, SourceFile content)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != content.Length)
            return false;
        using FileStream there = File.OpenRead(path);
        using Stream other = content.Open();
        byte[] left = new byte[BlockBytes], right = new byte[BlockBytes];
        while (true)
        {
            int count = there.ReadAtLeast(left, BlockBytes, throwOnEndOfStream: false);
            int same = SourceFile.Guard(content.Path, () => other.ReadAtLeast(right, BlockBytes, throwOnEndOfStream: false));
            if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, same)))
                return false;
            if (count == 0)
                return true;
        }
    }

    /// <param name="path">of the file; its folder exists</param>
    /// <param name="content">all of it</param>
    /// <param name="cancellation">looked at between blocks</param>
    public static void Put(string path, SourceFile content, CancellationToken cancellation)
    {
        string temporary = Path.Combine(Path.GetDirectoryName(path)!, FormattableString.Invariant($".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp"));
        try
        {
            using (Stream input = content.Open())
            using (var output = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                byte[] block = new byte[BlockBytes];
                for (int count; (count = SourceFile.Guard(content.Path, () => input.Read(block))) > 0;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    output.Write(block, 0, count);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
