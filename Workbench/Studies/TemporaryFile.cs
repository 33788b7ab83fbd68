using System.Globalization;

namespace Workbench.Studies;

/// <summary>A file to be renamed when it is whole. No two programs have the same, wherever they run: in containers, all may be process 1 of one host's name.</summary>
internal static class TemporaryFile
{
    public const string Ending = ".tmp";

    /// <param name="path">what it will be, or where; the file is beside it</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static FileStream Create(string path)
    {
        for (int attempt = 0; ; attempt++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.MachineName}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.{attempt}{Ending}");
            try
            {
                return new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
            }
            catch (IOException) when (File.Exists(name))
            {
                // Somebody else's, at work or killed: `studies prune` removes what was left.
            }
        }
    }
}
