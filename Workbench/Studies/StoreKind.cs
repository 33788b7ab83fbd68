namespace Workbench.Studies;

/// <summary>What keeps trials.</summary>
public enum StoreKind
{
    /// <summary>A file, for the programs of one machine.</summary>
    Sqlite,

    /// <summary>A server, for the programs of many machines.</summary>
    Postgres,
}
