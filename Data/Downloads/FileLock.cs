namespace Data.Downloads;

/// <summary>One of several processes works on a file at a time; the lock ends with its process, whatever ends that.</summary>
/// <remarks>The lock's file stays: who removed it could let in two.</remarks>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    /// <param name="path">of the lock's own file; its folder exists</param>
    /// <param name="waiting">called once, if another process holds it</param>
    /// <param name="cancellation">ends the waiting</param>
    public static async Task<FileLock> AcquireAsync(string path, Action waiting, CancellationToken cancellation)
    {
        for (bool told = false; ;)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1));
            }
            catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (!told)
                    waiting();
                told = true;
                await Task.Delay(Apart, cancellation);
            }
        }
    }

    public void Dispose() => _stream.Dispose();
}
