using Data.Importers;
using Trainers;

namespace Data.Downloads;

/// <summary>Takes out of a zip what an importer reads, under the names that it knows.</summary>
internal static class Unpacking
{
    /// <param name="zip">a checked one</param>
    /// <param name="names">entry, wherever it is in the zip, to file beside the zip</param>
    /// <param name="cancellation">looked at between blocks</param>
    /// <returns>the files, in order</returns>
    /// <exception cref="UserErrorException">An entry is missing or damaged.</exception>
    public static IReadOnlyList<string> Unpack(string zip, IReadOnlyDictionary<string, string> names, CancellationToken cancellation)
    {
        if (names.Count == 0)
            return [];
        using SourceFiles files = SourceFiles.Open(zip);
        var unpacked = new List<string>();
        foreach ((string from, string to) in names)
        {
            string path = Path.Combine(Path.GetDirectoryName(zip)!, to);
            SourceFile entry = files.Require(from, $"what becomes {to}");
            using Stream content = entry.Open();
            Place(path, content, entry.Path, cancellation);
            unpacked.Add(path);
        }

        return unpacked;
    }

    /// <summary>Writes a file that is there whole or not at all.</summary>
    /// <param name="path">of the file</param>
    /// <param name="content">all of it</param>
    /// <param name="origin">for errors of reading</param>
    /// <param name="cancellation">looked at between blocks</param>
    public static void Place(string path, Stream content, string origin, CancellationToken cancellation)
    {
        string temporary = Path.Combine(Path.GetDirectoryName(path)!, FormattableString.Invariant($".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp"));
        try
        {
            using (var output = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                byte[] buffer = new byte[1 << 17];
                for (int count; (count = SourceFile.Guard(origin, () => content.Read(buffer))) > 0;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    output.Write(buffer, 0, count);
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
