using System.Text;

namespace Workbench.Cluster.Slurm;

/// <summary>What a task wrote. Its log may be long, unfinished, or not there.</summary>
internal static class TaskLog
{
    /// <summary>As much of a log's end as is looked at.</summary>
    private const int Most = 1 << 20;

    private const int LongestLine = 400;

    /// <summary>The last lines, blank ones left out.</summary>
    public static string[] Tail(string path, int count) => [.. Lines(path).TakeLast(count)];

    /// <summary>The last lines up to the one that tells a trial's end; none if the log has no such line.</summary>
    public static string[] OfTrial(string path, string key, int count)
    {
        string[] lines = Lines(path);
        int end = Array.FindLastIndex(lines, line => line.StartsWith($"{key} ", StringComparison.Ordinal));
        return lines[Math.Max(0, end + 1 - count)..(end + 1)];
    }

    private static string[] Lines(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Seek(-Math.Min(Most, stream.Length), SeekOrigin.End);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return [.. reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).Select(line => line.Length > LongestLine ? line[..LongestLine] + " ..." : line)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
