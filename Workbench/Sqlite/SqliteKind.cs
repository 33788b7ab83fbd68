namespace Workbench.Sqlite;

/// <summary>What a database file of the workbench is.</summary>
/// <param name="ApplicationId">in its header, so that no other program's file is taken for one</param>
/// <param name="Version">of its tables; files of newer ones are refused</param>
/// <param name="Tables">makes them, where they are not there</param>
/// <param name="What">it is called in messages, e.g. <c>cache of replies</c></param>
/// <param name="Instead">what to do where the file cannot be used</param>
/// <param name="IfDamaged">what to do with a damaged one</param>
internal sealed record SqliteKind(int ApplicationId, int Version, string Tables, string What, string Instead, string IfDamaged);
