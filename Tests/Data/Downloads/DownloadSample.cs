using System.Collections.Concurrent;
using System.Security.Cryptography;
using Data.Downloads;

namespace Tests.Data.Downloads;

/// <summary>A file of some 300 kB at a server that misbehaves as it is told, and what a download of it left.</summary>
internal sealed class DownloadSample : IDisposable
{
    public static readonly byte[] Content = Bytes(300_007, 1);
    public static readonly string Md5 = Md5Of(Content);

    private readonly TemporaryFolder _folder = new();

    /// <param name="answer">to requests of the file</param>
    /// <param name="checksum">to requests of its checksum; without it, as MovieLens writes it</param>
    public DownloadSample(Func<FileRequest, FileAnswer> answer, Func<FileRequest, FileAnswer>? checksum = null)
    {
        checksum ??= _ => FileAnswer.Text($"MD5 (data.zip) = {Md5}\n");
        Server = new FileServer(request => request.Path == "/data.zip.md5" ? checksum(request) : answer(request));
    }

    public FileServer Server { get; }

    public TransferSettings Settings { get; init; } = new()
    {
        Stall = TimeSpan.FromSeconds(15),
        Retries = 2,
        FirstWait = TimeSpan.FromMilliseconds(1),
        LongestWait = TimeSpan.FromSeconds(5),
    };

    /// <summary>Lines that were said on the way.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public ConcurrentQueue<DownloadProgress> Progress { get; } = new();

    public string Folder => _folder["cache"];

    public string Target => _folder["cache", "data.zip"];

    /// <summary>The ranges that were asked for, in order; null for the whole file.</summary>
    public long?[] Ranges => [.. Server.RequestsOf("/data.zip").Select(request => request.From)];

    /// <summary>Other files than the lock's, in order.</summary>
    public string[] Files => [.. _folder.Files().Select(file => Path.GetFileName(file)).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))];

    public static byte[] Bytes(int length, ulong seed)
    {
        var random = new global::Trainers.Sampling.SplitMix64(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)random.NextUInt64();
        return bytes;
    }

    public static string Md5Of(byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public DatasetSource Source(string? address = null, string? md5 = null, bool isChecked = true)
    {
        string home = address ?? Server.Address;
        var file = new RemoteFile(
            "data.zip", new Uri($"{home}/data.zip"),
            md5 is null ? null : Checksum.Of(ChecksumKind.Md5, md5), md5 is null && isChecked ? new Uri($"{home}/data.zip.md5") : null, new Dictionary<string, string>());
        return new DatasetSource("sample", "A sample", SourceKind.Ratings, [new SourceLicence("none", new Uri("https://example.invalid/"), "free")], [file], []);
    }

    public async Task<DownloadedFile> FetchAsync(DatasetSource? source = null, Action<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var downloader = new Downloader(Settings, TimeProvider.System, progress ?? Progress.Enqueue, Said.Enqueue);
        return (await downloader.FetchAsync(source ?? Source(), Folder, cancellation).WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None))[0];
    }

    /// <summary>It fails, in one line that says where and what.</summary>
    public async Task<string> RefusalAsync(string pattern, DatasetSource? source = null)
    {
        var error = await Assert.ThrowsAsync<global::Trainers.UserErrorException>(() => FetchAsync(source));
        Assert.DoesNotContain('\n', error.Message);
        Assert.Matches(pattern, error.Message);
        Assert.False(File.Exists(Target), "half a file has the name of the whole");
        return error.Message;
    }

    /// <summary>The whole, checked file is there and nothing but it and its checksum.</summary>
    public void AssertWhole(byte[]? content = null)
    {
        Assert.Equal(content ?? Content, File.ReadAllBytes(Target));
        Assert.Equal(["data.zip", "data.zip.md5"], Files);
    }

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }
}
