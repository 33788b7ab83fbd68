namespace Workbench.Studies.Postgres;

/// <summary>
/// The studies of many machines: a database, and a folder <c>postgres/</c> among the studies' for <c>artifacts/</c> that are too large for it and for
/// <c>checkpoints/</c>. Machines without a common folder can do without: large artifacts are then told to be missing, and takeovers begin anew.
/// </summary>
internal sealed class PostgresStudies(PostgresAddress address, string folder, long? artifactsInDatabase = null, PostgresTimes? times = null) : StudyRoot(folder)
{
    /// <summary>Bytes of an artifact that are kept in the database, where nothing else is said.</summary>
    public const long UsualArtifact = 16_000_000;

    private readonly PostgresTimes _times = times ?? PostgresTimes.Default;

    // Apart from the files of SQLite's studies: those who prune them know nothing of these.
    private string Files => Path.Combine(Folder, "postgres");

    internal override bool IsThere => true;

    private protected override string Where => $"PostgreSQL at {address}";

    public override Study Open(string name)
    {
        PostgresTrialStore store = PostgresTrialStore.Open(address, name, _times);
        return new Study(store, Artifacts(store.Connection), Files, PlaceOf(name));
    }

    public override string PlaceOf(string name) => $"PostgreSQL at {address}, study {name}";

    internal override IReadOnlyList<string> Names()
    {
        using PostgresConnection connection = Connect();
        return Names(connection);
    }

    internal override (int Files, long Bytes) Prune(IReadOnlyList<string> removed)
    {
        using PostgresConnection connection = Connect();
        RequireAll(removed, Names(connection));
        if (PostgresTrialStore.AnyAtWork(connection) is var (name, label))
            throw AtWork(name, label);
        connection.Execute(
            """
            WITH notes AS (DELETE FROM workbench.notes WHERE study = ANY ($1)), trials AS (DELETE FROM workbench.trials WHERE study = ANY ($1) OR ended IS NULL)
            DELETE FROM workbench.studies WHERE name = ANY ($1)
            """, (object)removed.ToArray());
        (int count, long bytes) = Artifacts(connection).Prune();
        FileInfo[] files = CheckpointsIn(Files);
        bytes += files.Sum(file => file.Length);
        foreach (FileInfo file in files)
            file.Delete();
        return (removed.Count + count + files.Length, bytes);
    }

    private static IReadOnlyList<string> Names(PostgresConnection connection) => connection.Query("SELECT name FROM workbench.studies ORDER BY name COLLATE \"C\"", row => row.GetString(0));

    private PostgresConnection Connect()
    {
        PostgresConnection connection = PostgresConnection.Open(address, _times);
        try
        {
            PostgresSchema.Require(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private PostgresArtifacts Artifacts(PostgresConnection connection) => new(connection, Path.Combine(Files, "artifacts"), artifactsInDatabase ?? UsualArtifact);
}
