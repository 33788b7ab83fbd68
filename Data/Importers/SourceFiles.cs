using System.IO.Compression;
using Trainers;

namespace Data.Importers;

/// <summary>The files of a folder, of a zip, or one file alone.</summary>
internal sealed class SourceFiles : IDisposable
{
    private readonly Dictionary<string, SourceFile> files;
    private readonly HashSet<string> twice;
    private readonly ZipArchive? zip;

    private SourceFiles(string path, string name, Dictionary<string, SourceFile> files, HashSet<string>? twice = null, ZipArchive? zip = null) =>
        (Path, Name, this.files, this.twice, this.zip) = (path, name, files, twice ?? [], zip);

    /// <summary>As the user gave it.</summary>
    public string Path { get; }

    /// <summary>Of the folder, or of the zip or file without its extension: <c>ml-1m</c>.</summary>
    public string Name { get; }

    /// <summary>In the order of their names.</summary>
    public IEnumerable<SourceFile> All => files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value);

    /// <exception cref="UserErrorException">There is nothing there, or it is no zip.</exception>
    public static SourceFiles Open(string path)
    {
        if (Directory.Exists(path))
        {
            string name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
            var twice = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            return new SourceFiles(path, name, OfFolder(path, twice), twice);
        }

        SourceFile single = File.Exists(path)
            ? SourceFile.OfDisk(path)
            : throw new UserErrorException("there is no such folder or file", path);
        string stem = System.IO.Path.GetFileNameWithoutExtension(single.Name);
        return IsZip(single)
            ? OpenZip(single, stem)
            : new SourceFiles(path, stem, new(StringComparer.OrdinalIgnoreCase) { [single.Name] = single });
    }

    /// <exception cref="UserErrorException">The file is there twice, compressed and not.</exception>
    public SourceFile? Find(string name)
    {
        if (twice.Contains(name))
            throw new UserErrorException($"there are both {name} and {name}.gz: remove one", Path);
        return files.GetValueOrDefault(name);
    }

    /// <exception cref="UserErrorException">The file is missing.</exception>
    public SourceFile Require(string name, string what) => Find(name)
        ?? throw new UserErrorException($"{name} is missing: it holds {what}", Path);

    public void Dispose() => zip?.Dispose();

    /// <summary>By its extension or by the signature at its beginning, so that an empty or cut zip is told as such.</summary>
    private static bool IsZip(SourceFile file)
    {
        if (file.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return true;
        return SourceFile.Guard(file.Path, () =>
        {
            using Stream stream = file.Open();
            Span<byte> head = stackalloc byte[4];
            return stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual("PK\x03\x04"u8);
        });
    }

    private static Dictionary<string, SourceFile> OfFolder(string path, HashSet<string> twice)
    {
        var files = new Dictionary<string, SourceFile>(StringComparer.OrdinalIgnoreCase);
        foreach (SourceFile file in SourceFile.Guard(path, () => Directory.GetFiles(path)).Select(SourceFile.OfDisk))
        {
            if (!files.TryAdd(file.Name, file))
                twice.Add(file.Name);
        }

        return files;
    }

    private static SourceFiles OpenZip(SourceFile file, string name)
    {
        (ZipArchive zip, IReadOnlyCollection<ZipArchiveEntry> entries) = SourceFile.Guard(file.Path, () =>
        {
            var archive = new ZipArchive(file.Open(), ZipArchiveMode.Read);
            return (archive, archive.Entries);
        });
        var files = new Dictionary<string, SourceFile>(StringComparer.OrdinalIgnoreCase);

        // Published zips hold one folder; where two entries have one name, the one nearer the top counts.
        foreach (ZipArchiveEntry entry in entries.OrderBy(entry => entry.FullName.Count(c => c == '/')).ThenBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            if (entry.Name.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))
            {
                string path = $"{file.Path}/{entry.FullName}";
                files.TryAdd(entry.Name, new SourceFile(path, entry.Length, () => new CheckedZipStream(entry, path)));
            }
        }

        return new SourceFiles(file.Path, name, files, zip: zip);
    }
}
