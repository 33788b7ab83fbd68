using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tests.Data.Downloads;

/// <summary>A request as it came.</summary>
/// <param name="Path">e.g. <c>/a.zip</c></param>
/// <param name="Headers">by lower-case name</param>
internal sealed record FileRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Where the range begins that is asked for; null if all is.</summary>
    public long? From => Header("range") is { } range ? long.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : null;
}

/// <summary>An answer, byte for byte: unlike those of a server that keeps to the protocol it may lie.</summary>
/// <param name="Status">e.g. <c>200 OK</c></param>
/// <param name="Headers">as they go out; Content-Length is not added</param>
/// <param name="Body">what is sent of it</param>
internal sealed record FileAnswer(string Status, string[] Headers, byte[] Body)
{
    /// <summary>After the body the connection stays open, and silent.</summary>
    public bool Stalls { get; init; }

    /// <summary>Before the answer.</summary>
    public Task? After { get; init; }

    /// <summary>All of a file, with the headers of a decent server.</summary>
    public static FileAnswer Whole(byte[] content, string etag = "\"one\"", params string[] more) =>
        new("200 OK", [$"Content-Length: {content.Length}", $"ETag: {etag}", "Accept-Ranges: bytes", .. more], content);

    /// <summary>The rest of a file from where the request asks.</summary>
    public static FileAnswer Rest(byte[] content, long from, string etag = "\"one\"") =>
        new("206 Partial Content", [$"Content-Length: {content.Length - from}", $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}", $"ETag: {etag}"], content[(int)from..]);

    /// <summary>What a decent server answers: the rest, if its condition holds, else all.</summary>
    public static FileAnswer Decent(FileRequest request, byte[] content, string etag = "\"one\"") => request.From switch
    {
        { } from when request.Header("if-range") is not { } condition || condition == etag =>
            from < content.Length ? Rest(content, from, etag) : new FileAnswer("416 Range Not Satisfiable", [$"Content-Range: bytes */{content.Length}", "Content-Length: 0"], []),
        _ => Whole(content, etag),
    };

    public static FileAnswer Text(string text) => new("200 OK", [$"Content-Length: {Encoding.UTF8.GetByteCount(text)}"], Encoding.UTF8.GetBytes(text));

    public static FileAnswer Empty(string status, params string[] more) => new(status, ["Content-Length: 0", .. more], []);

    /// <summary>Breaks off after so many bytes of the body, whatever the headers said.</summary>
    public FileAnswer CutAt(int bytes) => this with { Body = Body[..bytes] };
}

/// <summary>A server on loopback that answers as it is told, and notes what it was asked.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<FileRequest, FileAnswer> _answer;

    public FileServer(Func<FileRequest, FileAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>In the order in which they came.</summary>
    public ConcurrentQueue<FileRequest> Requests { get; } = new();

    public FileRequest[] RequestsOf(string path) => [.. Requests.Where(request => request.Path == path)];

    /// <summary>A port on which nobody listens.</summary>
    public static string AddressOfNobody()
    {
        using var server = new FileServer(_ => FileAnswer.Empty("200 OK"));
        return server.Address;
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    /// <summary>One request a connection.</summary>
    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                string path = (await reader.ReadLineAsync(_end.Token))!.Split(' ')[1];
                var headers = new Dictionary<string, string>();
                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line)
                    headers[line.Split(':')[0].ToLowerInvariant()] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
                var request = new FileRequest(path, headers);
                Requests.Enqueue(request);
                FileAnswer answer = _answer(request);
                if (answer.After is { } after)
                    await after.WaitAsync(_end.Token);
                string head = string.Concat([$"HTTP/1.1 {answer.Status}\r\nConnection: close\r\n", .. answer.Headers.Select(header => header + "\r\n"), "\r\n"]);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _end.Token);
                await stream.WriteAsync(answer.Body, _end.Token);
                await stream.FlushAsync(_end.Token);
                if (answer.Stalls)
                    await Task.Delay(Timeout.Infinite, _end.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
        {
            // The caller has gone, or the test has ended.
        }
    }
}
