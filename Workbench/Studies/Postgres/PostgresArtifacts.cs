using System.Globalization;
using System.Security.Cryptography;

namespace Workbench.Studies.Postgres;

/// <summary>
/// Artifacts in the database up to a size, and in a folder above it; which trial made which is what the trials' table says. Of an artifact in a folder the
/// database knows which folder that is, so that one which was removed from there, and is made anew, is not mistaken for one that this machine does not see.
/// </summary>
/// <param name="connection">to the database</param>
/// <param name="root">the folder, made when it is needed</param>
/// <param name="most">bytes that go into the database</param>
internal sealed class PostgresArtifacts(PostgresConnection connection, string root, long most) : IArtifacts
{
    private readonly ArtifactFolder _folder = new(root);
    private readonly Lock _lock = new();
    private string? _id;

    public string Write(Action<Stream> write) => _folder.Guarded(() =>
    {
        using var spill = new SpillStream(most, _folder.Begin);
        try
        {
            write(spill);
            if (spill.File is { } file)
                return Place(file);
            byte[] bytes = spill.ToArray();
            string name = NameOf(bytes);
            connection.Execute(
                """
                INSERT INTO workbench.artifacts AS known (name, size, bytes) VALUES ($1, $2, $3)
                ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, folder = NULL WHERE known.bytes IS NULL
                """, name, bytes.LongLength, bytes);
            return name;
        }
        finally
        {
            if (spill.File is { } file)
            {
                file.Dispose();
                File.Delete(file.Name);
            }
        }
    });

    public byte[]? Read(string name)
    {
        if (connection.Query(
            "SELECT bytes, size, folder FROM workbench.artifacts WHERE name = $1",
            row => (Bytes: row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0), Size: row.GetInt64(1), Folder: row.IsDBNull(2) ? null : row.GetString(2)), name) is not [var known])
            return null;
        if (known.Bytes is null)
            return IsInFolder(name, known.Size, known.Folder) ? _folder.Read(name) : null;
        return NameOf(known.Bytes) == name ? known.Bytes : null;
    }

    public void Remove(string name)
    {
        connection.Execute("DELETE FROM workbench.artifacts WHERE name = $1", name);
        _folder.Remove(name);
    }

    public bool Has(string name) =>
        Look(name) is { } known && (known.InDatabase || IsInFolder(name, known.Size, known.Folder));

    /// <summary>The trial is in its study, where everybody finds it.</summary>
    public void Share(TrialRecord trial)
    {
    }

    public TrialRecord? Find(string key) =>
        connection.Query(PostgresTrialStore.KnownAnywhere, PostgresTrialStore.Read, key) is [var trial, ..]
            && (trial.Artifact is not { } name || (Look(name) is { } known && (known.InDatabase || _folder.HasByNow(name)))) ? trial : null;

    /// <summary>Removes what no trial has made.</summary>
    /// <returns>files or entries, and bytes removed</returns>
    /// <exception cref="StudyException">A file cannot be removed.</exception>
    public (int Count, long Bytes) Prune()
    {
        // Only what this database knows: the folder may be another one's, too.
        IReadOnlyList<(string Name, long Size, bool InFolder)> stale = connection.Query(
            "DELETE FROM workbench.artifacts a WHERE NOT EXISTS (SELECT FROM workbench.trials t WHERE t.artifact = a.name) RETURNING name, size, bytes IS NULL",
            row => (row.GetString(0), row.GetInt64(1), row.GetBoolean(2)));
        foreach ((string name, _, _) in stale.Where(artifact => artifact.InFolder))
            _folder.Remove(name);
        (int count, long bytes) = _folder.PruneUnfinished();
        return (stale.Count + count, stale.Sum(artifact => artifact.Size) + bytes);
    }

    private static string NameOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string Place(FileStream file)
    {
        // Known first: a file that a killed program left without an entry would be nobody's to remove.
        long size = file.Length;
        return _folder.End(file, name => connection.Execute(
            """
            INSERT INTO workbench.artifacts AS known (name, size, folder) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET folder = excluded.folder WHERE known.bytes IS NULL
            """, name, size, FolderId()));
    }

    private (bool InDatabase, long Size, string? Folder)? Look(string name) => connection.Query(
        "SELECT bytes IS NOT NULL, size, folder FROM workbench.artifacts WHERE name = $1",
        row => (row.GetBoolean(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2)), name) is [var known, ..] ? known : null;

    /// <exception cref="StudyException">It is in another folder.</exception>
    private bool IsInFolder(string name, long size, string? folder)
    {
        if (_folder.HasByNow(name))
            return true;
        if (folder == FolderId())
            return false;
        string what = string.Create(CultureInfo.InvariantCulture,
            $"an artifact of {size / 1e6:0.0} MB is in another machine's folder, not in {root}: `--studies` must be a folder that all machines share, or `artifacts_in_database` more than that");
        throw connection.Refusal(what);
    }

    /// <summary>Names the folder, on whichever machine and by whichever path it is seen.</summary>
    private string FolderId() => _folder.Guarded(() =>
    {
        lock (_lock)
        {
            string path = Path.Combine(root, "folder-id");
            if (_id is null && !File.Exists(path))
            {
                Directory.CreateDirectory(root);
                using FileStream stream = TemporaryFile.Create(path);
                stream.Write(System.Text.Encoding.ASCII.GetBytes(connection.Query("SELECT md5(random()::text || clock_timestamp()::text)", row => row.GetString(0))[0]));
                stream.Dispose();
                try
                {
                    File.Move(stream.Name, path, overwrite: false);
                }
                catch (IOException) when (File.Exists(path))
                {
                    File.Delete(stream.Name);
                }
            }

            return _id ??= File.ReadAllText(path);
        }
    });
}
