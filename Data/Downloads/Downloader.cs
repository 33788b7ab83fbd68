using System.Net;
using Trainers;

namespace Data.Downloads;

/// <summary>A file that is here, and is what the publisher says.</summary>
/// <param name="Path">where</param>
/// <param name="Bytes">its length</param>
/// <param name="Checksum">that it has</param>
/// <param name="IsPublished">whether that is the publisher's, or only ours for the next time</param>
/// <param name="WasThere">nothing had to be fetched</param>
/// <param name="Unpacked">the files that came out of it, in the same folder</param>
public sealed record DownloadedFile(string Path, long Bytes, Checksum Checksum, bool IsPublished, bool WasThere, IReadOnlyList<string> Unpacked);

/// <summary>
/// Fetches datasets into a cache that several processes share: a file is there whole and checked, or not under its name. What was cut off
/// goes on where it ended; what is there and right is not fetched again.
/// </summary>
public sealed class Downloader : IDisposable
{
    private const int MostRedirects = 8;
    private static readonly string[] Sidecars = [".md5", ".sha256"];

    private readonly HttpClient _http;
    private readonly Transfer _transfer;
    private readonly Action<string>? _say;

    /// <param name="settings">how patient it is</param>
    /// <param name="clock">of the waits</param>
    /// <param name="progress">told with every block of bytes</param>
    /// <param name="say">told of what went wrong and was mended, a line each</param>
    public Downloader(TransferSettings settings, TimeProvider clock, Action<DownloadProgress>? progress = null, Action<string>? say = null)
    {
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = true,
            MaxAutomaticRedirections = MostRedirects,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = settings.Connect,
            UseCookies = false,
            Proxy = new ProxyForOthers(),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("workbench");
        _transfer = new Transfer(_http, settings, clock, progress, say);
        _say = say;
    }

    /// <summary>All of a dataset's files, one after the other.</summary>
    /// <param name="source">what to fetch</param>
    /// <param name="folder">of this dataset; it is made if it is not there</param>
    /// <param name="cancellation">what has come by then stays for the next time</param>
    /// <exception cref="UserErrorException">A file cannot be had or is not what the publisher says.</exception>
    /// <exception cref="OperationCanceledException">The message says what is kept.</exception>
    public async Task<IReadOnlyList<DownloadedFile>> FetchAsync(DatasetSource source, string folder, CancellationToken cancellation = default)
    {
        MakeFolder(folder);
        var files = new List<DownloadedFile>();
        foreach (RemoteFile file in source.Files)
        {
            string target = Path.Combine(folder, file.Name);

            // Without the lock, so that a cache may be one that others fill and that is only read.
            if (There(file, target, cancellation) is { } there && Unpacking.IsDone(target, file.Unpack))
            {
                files.Add(there with { Unpacked = Unpacking.Targets(target, file.Unpack) });
                continue;
            }

            using FileLock held = await FileLock.AcquireAsync(
                Path.Combine(folder, $".{file.Name}.lock"), () => _say?.Invoke($"{file.Name}: another process is fetching it: waiting"), cancellation);
            DownloadedFile fetched = await FetchAsync(file, target, cancellation);
            if (!Unpacking.IsDone(target, file.Unpack))
                Unpacking.Unpack(target, file.Unpack, cancellation);
            files.Add(fetched with { Unpacked = Unpacking.Targets(target, file.Unpack) });
        }

        return files;
    }

    public void Dispose() => _http.Dispose();

    private async Task<DownloadedFile> FetchAsync(RemoteFile file, string target, CancellationToken cancellation)
    {
        (Uri, string)? beside = file is { Checksum: null, ChecksumUrl: { } url } ? (url, target + SidecarOf(url)) : null;
        var advice = new FileAdvice(file.Url, target, beside);
        if (There(file, target, cancellation) is { } there)
            return there;
        Checksum? kept = file.Checksum ?? Kept(target);
        if (kept is not null && File.Exists(target))
            _say?.Invoke($"{target}: damaged, or another file, by its checksum: fetching it again");
        Checksum? expected = file.Checksum ?? (file.ChecksumUrl is null ? null : await PublishedAsync(file, advice, cancellation));
        if (expected is not null && expected != kept && File.Exists(target) && Checksum.OfFile(expected.Kind, target, cancellation) == expected)
            return Keep(file, target, expected, wasThere: true); // Put there by hand.
        var part = new PartFile(target);
        try
        {
            Checksum actual = await GetAsync(file, part, advice, expected, cancellation);
            part.Finish();
            return file.Checksum is null ? Keep(file, target, actual, wasThere: false) : Describe(file, target, actual, wasThere: false);
        }
        catch (OperationCanceledException error) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(FormattableString.Invariant($"interrupted: {part.Length:N0} bytes are kept in {part.Path}, the same command goes on from there"), error, cancellation);
        }
    }

    /// <summary>The file if it is there and has the checksum that is known here; else null.</summary>
    private static DownloadedFile? There(RemoteFile file, string target, CancellationToken cancellation) =>
        File.Exists(target) && (file.Checksum ?? Kept(target)) is { } known && Checksum.OfFile(known.Kind, target, cancellation) == known
            ? Describe(file, target, known, wasThere: true)
            : null;

    /// <summary>Until the checksum is right, at most twice: a part of earlier days may not fit the rest, and bytes do get damaged on their way.</summary>
    private async Task<Checksum> GetAsync(RemoteFile file, PartFile part, FileAdvice advice, Checksum? expected, CancellationToken cancellation)
    {
        for (bool again = false; ; again = true)
        {
            await _transfer.GetAsync(file, part, advice, expected is not null, cancellation);
            var actual = Checksum.OfFile(expected?.Kind ?? ChecksumKind.Sha256, part.Path, cancellation);
            if (expected is null || actual == expected)
                return actual;
            string what = FormattableString.Invariant($"wrong bytes: of the {part.Length:N0} that came the checksum is {actual}, the publisher's is {expected}");
            part.Delete();
            if (again)
                throw advice.Error($"{what}: the file has changed there, or something on the way changes it (a proxy, a login page); try again later, or name a mirror by --sources FILE");
            _say?.Invoke($"{file.Name}: {what}; beginning anew");
        }
    }

    private async Task<Checksum> PublishedAsync(RemoteFile file, FileAdvice advice, CancellationToken cancellation)
    {
        Uri url = file.ChecksumUrl!;
        string text = await _transfer.TextAsync(advice with { Url = url, Target = advice.Beside!.Value.Target, Beside = (file.Url, advice.Target) }, cancellation);
        return Checksum.OfPublished(text, file.Name, Path.GetFileName(file.Url.LocalPath))
            ?? throw new UserErrorException(
                $"is no checksum of {file.Name}: expected `MD5 ({file.Name}) = DIGITS` or `DIGITS  {file.Name}`, or a Git LFS pointer; give `md5` in place of `checksum_url` by --sources FILE, or neither to take the file unchecked", url.AbsoluteUri);
    }

    private static Checksum? Kept(string target)
    {
        foreach (string path in Sidecars.Select(sidecar => target + sidecar).Where(File.Exists))
        {
            if (Checksum.OfPublished(File.ReadAllText(path), Path.GetFileName(target)) is { } checksum)
                return checksum;
        }

        return null;
    }

    /// <summary>Notes the checksum beside the file, as md5sum -c and sha256sum -c read it.</summary>
    private static DownloadedFile Keep(RemoteFile file, string target, Checksum checksum, bool wasThere)
    {
        foreach (string sidecar in Sidecars)
            File.Delete(target + sidecar);
        string path = target + (checksum.Kind == ChecksumKind.Md5 ? Sidecars[0] : Sidecars[1]);
        File.WriteAllText(path + ".tmp", checksum.ToLine(Path.GetFileName(target)));
        File.Move(path + ".tmp", path, overwrite: true);
        return Describe(file, target, checksum, wasThere);
    }

    private static DownloadedFile Describe(RemoteFile file, string target, Checksum checksum, bool wasThere) =>
        new(target, new FileInfo(target).Length, checksum, file.Checksum is not null || file.ChecksumUrl is not null, wasThere, []);

    /// <summary>What to call a checksum that is fetched by hand; an address without either ending is that of a Git LFS pointer.</summary>
    private static string SidecarOf(Uri url) => url.LocalPath.EndsWith(Sidecars[0], StringComparison.OrdinalIgnoreCase) ? Sidecars[0] : Sidecars[1];

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the folder cannot be made ({error.Message.TrimEnd('.')}): name another by --cache or {CacheFolder.Variable}", folder, inner: error);
        }
    }

    /// <summary>The proxy of the environment or system, except for this machine.</summary>
    private sealed class ProxyForOthers : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => HttpClient.DefaultProxy.Credentials;
            set => HttpClient.DefaultProxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => HttpClient.DefaultProxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
    }
}
