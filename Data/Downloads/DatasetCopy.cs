using Data.Importers;
using Trainers;

namespace Data.Downloads;

/// <summary>What of a download the importers read, and a copy of it outside the cache.</summary>
public static class DatasetCopy
{
    /// <summary>What to hand to the importer: the file if there is one, else the folder of all.</summary>
    public static string ImportPath(DatasetSource source, IReadOnlyList<DownloadedFile> files) =>
        source.Kind == SourceKind.Ratings && files is [{ Unpacked.Count: 0 }] ? files[0].Path : Path.GetDirectoryName(files[0].Path)!;

    /// <summary>Copies the files, without the zips that were unpacked; each is there whole or not at all, and what else is there stays.</summary>
    /// <param name="files">in the cache</param>
    /// <param name="folder">is made if it is not there</param>
    /// <param name="cancellation">looked at between blocks</param>
    /// <returns>the same in that folder</returns>
    /// <exception cref="UserErrorException">The folder cannot be written to, or holds another file of one of these names.</exception>
    public static IReadOnlyList<DownloadedFile> Make(IReadOnlyList<DownloadedFile> files, string folder, CancellationToken cancellation)
    {
        string full = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(full);
            foreach (string path in files.SelectMany(file => file.Unpacked.Count > 0 ? file.Unpacked : [file.Path]))
            {
                string target = Path.Combine(full, Path.GetFileName(path));
                var content = SourceFile.OfDisk(path);
                if (Placement.IsThere(target, content))
                    continue;
                if (File.Exists(target))
                    throw new UserErrorException("another file of this name is there already: remove it, or name another folder by --out", target);
                Placement.Put(target, content, cancellation);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the files cannot be copied there ({error.Message.TrimEnd('.')}): name another folder by --out", folder, inner: error);
        }

        return [.. files.Select(file => file with
        {
            Path = Path.Combine(full, Path.GetFileName(file.Path)),
            Unpacked = [.. file.Unpacked.Select(path => Path.Combine(full, Path.GetFileName(path)))],
        })];
    }
}
