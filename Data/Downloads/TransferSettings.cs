namespace Data.Downloads;

/// <summary>How patient a download is.</summary>
public sealed record TransferSettings
{
    /// <summary>After so long without a byte the connection is given up, and another one tried.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After so long without a connection there is taken to be none.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often in a row an attempt may fail before the download does; one that brought <see cref="Worthwhile"/> bytes counts as none.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Between two attempts; each further failure doubles it.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A server that asks for more patience than this is taken to refuse.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes.</summary>
    public long Worthwhile { get; init; } = 1 << 20;
}

/// <summary>How far a file is.</summary>
/// <param name="File">its name</param>
/// <param name="Bytes">that are here</param>
/// <param name="Total">that it has; null as long as the server does not say</param>
public readonly record struct DownloadProgress(string File, long Bytes, long? Total);
