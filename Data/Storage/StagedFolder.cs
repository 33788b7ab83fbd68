using Trainers;

namespace Data.Storage;

/// <summary>
/// Writes a dataset's files so that the folder holds all of the new ones or none: they are written in a folder inside it,
/// then moved. While they move there is no dataset.yaml, so whatever stops the program, no mixture passes for a dataset.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private const string StagingName = ".writing";
    private const string LockName = "lock";
    private readonly string _folder;
    private readonly string _staging;
    private readonly List<string> _created = []; // outermost first
    private readonly List<string> _files = [];
    private FileStream? _lock;
    private bool _committed;

    /// <exception cref="UserErrorException">Another process writes there.</exception>
    public StagedFolder(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _staging = Path.Combine(_folder, StagingName);
        try
        {
            for (string? missing = _folder; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
                _created.Insert(0, missing);
            Directory.CreateDirectory(_staging);
            _lock = Lock();

            // Left by a process that was killed.
            foreach (string left in Directory.EnumerateFiles(_staging, "*", SearchOption.AllDirectories).Where(left => Path.GetFileName(left) != LockName))
                File.Delete(left);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Opens a new file; the caller closes it.</summary>
    /// <param name="name">relative to the dataset's folder</param>
    public FileStream Create(string name)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Add(name);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
    }

    /// <summary>Where a file is until it is moved to its place.</summary>
    public string PathOf(string name) => Path.Combine(_staging, name);

    /// <summary>Takes a file that has been written under its <see cref="PathOf"/> for one of the dataset's.</summary>
    public void Add(string name) => _files.Add(name);

    /// <summary>Moves the files to their places, dataset.yaml last, and removes what an earlier dataset left.</summary>
    /// <param name="stale">names relative to the folder, of files that are removed unless they were created here</param>
    public void Commit(IEnumerable<string> stale)
    {
        File.Delete(Path.Combine(_folder, DatasetFiles.Manifest));
        foreach (string name in stale.Except(_files, StringComparer.Ordinal))
            File.Delete(Path.Combine(_folder, name));
        foreach (string name in _files.OrderBy(name => name == DatasetFiles.Manifest))
        {
            string path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(Path.Combine(_staging, name), path, overwrite: true);
        }

        _committed = true;
    }

    /// <summary>Without a commit nothing stays, folders made for it included.</summary>
    public void Dispose()
    {
        bool mine = _lock is not null;
        _lock?.Dispose();
        _lock = null;
        try
        {
            if (mine && Directory.Exists(_staging))
                Directory.Delete(_staging, recursive: true);
            if (_committed)
                return;
            foreach (string folder in Enumerable.Reverse(_created).Where(Directory.Exists))
                Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Somebody else has put something there: theirs to keep.
        }
        catch (UnauthorizedAccessException)
        {
            // The error that brought us here is reported.
        }
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(Path.Combine(_staging, LockName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new UserErrorException("another process is writing this dataset: wait for it, or choose another folder", _folder, inner: error);
        }
    }
}
