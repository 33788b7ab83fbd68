using System.Diagnostics;
using System.Globalization;
using System.Text;
using Data.Downloads;

namespace Tests.Data.Downloads;

/// <summary>Servers that lie, refuse, fall silent, send elsewhere, or are not there: a bounded number of attempts, then one line.</summary>
public sealed class UnreliableServerTests
{
    private static readonly byte[] Content = DownloadSample.Content;

    [Fact]
    public async Task A_length_that_is_too_long_is_found_out()
    {
        static FileAnswer TooLong() => new("200 OK", [$"Content-Length: {Content.Length + 1000}", "ETag: \"one\""], Content);

        // It knows ranges: asked for the rest, it says that there is none, and the checksum is right.
        using var honest = new DownloadSample(request => request.From is null ? TooLong() : FileAnswer.Decent(request, Content));
        await honest.FetchAsync();
        honest.AssertWhole();
        Assert.Equal([null, Content.Length], honest.Ranges);

        // It does not, and always says and sends the same.
        using var stubborn = new DownloadSample(_ => TooLong());
        await stubborn.RefusalAsync("data\\.zip: the connection broke after 300,007 of 301,007 bytes, 3 times in a row");
        Assert.Equal(3, stubborn.Ranges.Length);

        // Without a checksum nobody can tell.
        using var blind = new DownloadSample(request => request.From is null ? TooLong() : FileAnswer.Decent(request, Content));
        await blind.RefusalAsync("data\\.zip: the (connection broke|server answers 416)", blind.Source(isChecked: false));
    }

    [Fact]
    public async Task A_length_that_is_too_short_is_found_out()
    {
        using var sample = new DownloadSample(_ => new FileAnswer("200 OK", ["Content-Length: 200000", "ETag: \"one\""], Content));
        await sample.RefusalAsync($"data\\.zip: wrong bytes: of the 200,000 that came the checksum is md5 [0-9a-f]+, the publisher's is md5 {DownloadSample.Md5}: the file has changed there, or");
        Assert.Equal([null, null], sample.Ranges);
        Assert.Empty(sample.Files);
    }

    [Fact]
    public async Task More_than_was_said_is_not_kept()
    {
        // Chunked: nothing but the range says how much is to come.
        static FileAnswer Chunked(long from, byte[] body) => new(
            "206 Partial Content", ["Transfer-Encoding: chunked", $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}", "ETag: \"one\""],
            [.. Encoding.ASCII.GetBytes(body.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. body, .. "\r\n0\r\n\r\n"u8]);
        int requests = 0;
        using var sample = new DownloadSample(request => requests++ switch
        {
            0 => FileAnswer.Whole(Content).CutAt(100_000),
            1 => Chunked(request.From!.Value, [.. Content[100_000..], 1, 2, 3]),
            _ => FileAnswer.Decent(request, Content),
        });
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000, null], sample.Ranges);
        Assert.Contains(sample.Said, line => line.Contains("more than the 300,007 bytes that it said", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_part_than_was_asked_for_is_not_kept()
    {
        int requests = 0;
        using var sample = new DownloadSample(request => requests++ switch
        {
            0 => FileAnswer.Whole(Content).CutAt(100_000),
            1 => FileAnswer.Rest(Content, 50_000),
            _ => FileAnswer.Decent(request, Content),
        });
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000, null], sample.Ranges);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Wrong_bytes_get_a_second_chance_and_no_third(int wrong)
    {
        byte[] bytes = [.. Content];
        bytes[^1] ^= 0x40;
        int requests = 0;
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, requests++ < wrong ? bytes : Content));
        if (wrong == 1)
        {
            await sample.FetchAsync();
            sample.AssertWhole();
            Assert.Matches("wrong bytes.*beginning anew", Assert.Single(sample.Said));
        }
        else
        {
            await sample.RefusalAsync("wrong bytes: of the 300,007 that came");
            Assert.Empty(sample.Files);
        }

        Assert.Equal(2, requests);
    }

    [Theory]
    [InlineData("404", "data\\.zip\\.md5: answers 404, the file is not there")]
    [InlineData("", "data\\.zip\\.md5: is no checksum of data\\.zip: expected `MD5 \\(data\\.zip\\) = DIGITS`")]
    [InlineData("<html>Sign in to the network</html>", "is no checksum of data\\.zip")]
    [InlineData("MD5 (other.zip) = 0e33842e24a9c977be4e0107933c0723\n", "is no checksum of data\\.zip")]
    [InlineData("0e33842e24a9c977be4e0107933c072  data.zip\n", "is no checksum of data\\.zip")]
    public async Task A_checksum_that_is_none_stops_it_before_the_file(string text, string pattern)
    {
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, Content), _ => text == "404" ? FileAnswer.Empty("404 Not Found") : FileAnswer.Text(text));
        await sample.RefusalAsync(pattern);
        Assert.Empty(sample.Ranges);
        Assert.Empty(sample.Files);
    }

    [Fact]
    public async Task A_silent_server_is_left_and_asked_again()
    {
        int requests = 0;
        var impatient = new TransferSettings { Stall = TimeSpan.FromSeconds(0.8), Retries = 1, FirstWait = TimeSpan.Zero };
        using var sample = new DownloadSample(request => requests++ == 0 ? FileAnswer.Whole(Content).CutAt(100_000) with { Stalls = true } : FileAnswer.Decent(request, Content)) { Settings = impatient };
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000], sample.Ranges);
        Assert.Matches("nothing came for 0\\.8 s; trying again", Assert.Single(sample.Said));

        using var dumb = new DownloadSample(_ => FileAnswer.Whole([]) with { After = Task.Delay(Timeout.Infinite) }) { Settings = impatient };
        await dumb.RefusalAsync("nothing came for 0\\.8 s, 2 times in a row: try again later$");
    }

    [Fact]
    public async Task What_the_disk_has_no_room_for_is_not_begun()
    {
        using var sample = new DownloadSample(_ => new FileAnswer("200 OK", ["Content-Length: 1000000000000000000"], Content));
        await sample.RefusalAsync("data\\.zip: 1,000,000,000,000,000,000 bytes are to come and the disk has room for [0-9,]+: make room, or choose another folder by --cache");
        Assert.Single(sample.Ranges);
    }

    [Theory]
    [InlineData("404 Not Found", "answers 404, the file is not there: look for its new address at the publisher's and give it by --sources FILE$")]
    [InlineData("410 Gone", "answers 410, the file is not there")]
    [InlineData("403 Forbidden", "answers 403, access is refused: fetch it by other means, put it there as .*data\\.zip, and http.*data\\.zip\\.md5 as .*data\\.zip\\.md5, or name a mirror")]
    [InlineData("401 Unauthorized", "answers 401, access is refused")]
    [InlineData("418 I'm a teapot", "answers 418, which is not expected")]
    [InlineData("204 No Content", "answers 204, which is not expected")]
    [InlineData("206 Partial Content", "answers 206, which does not fit", 3)]
    [InlineData("416 Range Not Satisfiable", "answers 416, which does not fit", 3)]
    [InlineData("500 Internal Server Error", "the server answers 500, 3 times in a row: try again later$", 3)]
    [InlineData("429 Too Many Requests|Retry-After: 3600", "the server answers 429 and asks to wait 3,600 s: try again then$")]
    [InlineData("503 Service Unavailable|Retry-After: Fri, 01 Jan 2100 00:00:00 GMT", "the server answers 503 and asks to wait [0-9,]+ s: try again then$")]
    [InlineData("302 Found|Location: /data.zip", "answers 302 and leads on to /data\\.zip: too many such steps", 9)]
    [InlineData("200 OK|Content-Encoding: gzip", "the server sends it compressed \\(gzip\\)")]
    public async Task A_refusal_is_one_line(string answer, string pattern, int requests = 1)
    {
        string[] parts = answer.Split('|');
        using var sample = new DownloadSample(_ => FileAnswer.Empty(parts[0], parts[1..]));
        Assert.StartsWith($"{sample.Server.Address}/data.zip: ", await sample.RefusalAsync(pattern), StringComparison.Ordinal);
        Assert.Equal(requests, sample.Ranges.Length);
        Assert.Empty(sample.Files);
    }

    [Theory]
    [InlineData("503 Service Unavailable", "Retry-After: 0")]
    [InlineData("429 Too Many Requests", "Retry-After: Sun, 22 Nov 2020 10:00:00 GMT")]
    [InlineData("502 Bad Gateway", "Via: nobody")]
    public async Task A_server_that_is_busy_for_a_while_is_asked_again(string status, string header)
    {
        int requests = 0;
        using var sample = new DownloadSample(request => requests++ switch
        {
            0 => FileAnswer.Whole(Content).CutAt(100_000),
            1 => FileAnswer.Empty(status, header),
            _ => FileAnswer.Decent(request, Content),
        });
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000, 100_000], sample.Ranges);
    }

    [Fact]
    public async Task The_wait_that_a_server_asks_for_is_waited()
    {
        int requests = 0;
        using var sample = new DownloadSample(request => requests++ == 0 ? FileAnswer.Empty("429 Too Many Requests", "Retry-After: 1") : FileAnswer.Decent(request, Content));
        var clock = Stopwatch.StartNew();
        await sample.FetchAsync();
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 5);
        Assert.EndsWith("the server answers 429; trying again in 1 s", Assert.Single(sample.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_followed_also_for_the_rest()
    {
        using var other = new FileServer(request => request.From is null ? FileAnswer.Whole(Content).CutAt(100_000) : FileAnswer.Decent(request, Content));
        using var sample = new DownloadSample(_ => FileAnswer.Empty("302 Found", $"Location: {other.Address}/stored"));
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000], other.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Without_a_network_it_says_what_to_do()
    {
        using var sample = new DownloadSample(_ => throw new InvalidOperationException("nobody asks"));
        string nobody = FileServer.AddressOfNobody();
        string message = await sample.RefusalAsync("no connection to 127\\.0\\.0\\.1:[0-9]+ \\(.*\\): fetch it by other means, put it there as ", sample.Source(nobody));
        Assert.StartsWith($"{nobody}/data.zip.md5: ", message, StringComparison.Ordinal);
        Assert.Contains($"put it there as {sample.Target}.md5, and {nobody}/data.zip as {sample.Target}", message, StringComparison.Ordinal);
        message = await sample.RefusalAsync("no connection to", sample.Source(nobody, DownloadSample.Md5));
        Assert.StartsWith($"{nobody}/data.zip: ", message, StringComparison.Ordinal);
        Assert.EndsWith($"put it there as {sample.Target}", message, StringComparison.Ordinal);
        Assert.Empty(sample.Said);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "^there is no network, or no data\\.invalid in it \\(No such host is known\\)$", true)]
    [InlineData(HttpRequestError.SecureConnectionError, "^no secure connection to data\\.invalid \\(No such host is known\\)$", true)]
    [InlineData(HttpRequestError.ConnectionError, "^no connection to data\\.invalid", true)]
    [InlineData(HttpRequestError.ResponseEnded, "^the connection broke", false)]
    internal void Failures_of_the_network_have_their_own_words(HttpRequestError error, string pattern, bool unreachable)
    {
        var failure = TransferFailure.Of(new HttpRequestException(error, "No such host is known."), new Uri("https://data.invalid/a.zip"));
        Assert.Matches(pattern, failure.What);
        Assert.Equal(unreachable, failure.Kind == FailureKind.Unreachable);
    }
}
