using Data.Downloads;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Data.Downloads;

/// <summary>Downloads that were cut off, at servers of every kind: the bytes are right in the end, or there is no file.</summary>
public sealed class ResumeTests
{
    private static readonly byte[] Content = DownloadSample.Content;

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(300_006)]
    public async Task Cut_off_in_the_middle_only_the_rest_is_asked_for(int cut)
    {
        using var sample = new DownloadSample(request => request.From is null ? FileAnswer.Whole(Content).CutAt(cut) : FileAnswer.Decent(request, Content));
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, cut], sample.Ranges);
        Assert.Equal("\"one\"", sample.Server.RequestsOf("/data.zip")[1].Header("if-range"));
        Assert.Matches(FormattableString.Invariant($"the connection broke after {cut:N0} of 300,007 bytes; trying again"), Assert.Single(sample.Said));
    }

    [Fact]
    public async Task A_later_run_goes_on_too()
    {
        using var sample = new DownloadSample(request => request.From is null ? FileAnswer.Whole(Content).CutAt(100_000) : FileAnswer.Decent(request, Content)) { Settings = new TransferSettings { Retries = 0 } };
        await sample.RefusalAsync("data\\.zip: the connection broke after 100,000 of 300,007 bytes, 1 times in a row: try again later; the 100,000 bytes that came are kept");
        Assert.Equal(["data.zip.part", "data.zip.part.json"], sample.Files);
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000], sample.Ranges);
    }

    [Fact]
    public void However_often_it_is_cut_no_byte_is_sent_twice()
    {
        byte[] content = DownloadSample.Bytes(4001, 2);
        Prop.ForAll(Gen.Choose(1, 1500).ListOf().Select(list => list.ToArray()).ToArbitrary(), cuts =>
        {
            (int attempt, long sent) = (0, 0);
            using var sample = new DownloadSample(
                request =>
                {
                    FileAnswer answer = FileAnswer.Decent(request, content);
                    answer = attempt < cuts.Length ? answer.CutAt(Math.Min(cuts[attempt], answer.Body.Length)) : answer;
                    attempt++;
                    sent += answer.Body.Length;
                    return answer;
                },
                _ => FileAnswer.Text(DownloadSample.Md5Of(content)))
            {
                Settings = new TransferSettings { Retries = 1, Worthwhile = 1, FirstWait = TimeSpan.Zero },
            };
            sample.FetchAsync().GetAwaiter().GetResult();
            sample.AssertWhole(content);
            Assert.Equal(content.Length, sent);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public async Task A_server_without_ranges_sends_all_again()
    {
        int requests = 0;
        using var sample = new DownloadSample(_ => requests++ == 0 ? FileAnswer.Whole(Content).CutAt(100_000) : FileAnswer.Whole(Content));
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000], sample.Ranges);
        Assert.Contains(sample.Said, line => line.Contains("beginning anew", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_changed_in_between_is_fetched_whole(bool heedsCondition)
    {
        byte[] old = DownloadSample.Bytes(Content.Length, 3);
        int requests = 0;
        using var sample = new DownloadSample(request => requests++ == 0 ? FileAnswer.Whole(old).CutAt(100_000)
            : heedsCondition || request.From is not { } from ? FileAnswer.Decent(request, Content, "\"two\"")
            : FileAnswer.Rest(Content, from, "\"two\""));
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal(heedsCondition ? [null, 100_000] : [null, 100_000, null], sample.Ranges);
    }

    [Fact]
    public async Task Where_the_server_tells_nothing_the_checksum_finds_parts_that_do_not_fit()
    {
        // Without ETag and date: the rest is asked for, and does not fit what came before.
        byte[] old = DownloadSample.Bytes(Content.Length, 3);
        int requests = 0;
        using var sample = new DownloadSample(request =>
        {
            FileAnswer answer = requests++ == 0 ? FileAnswer.Whole(old).CutAt(100_000) : FileAnswer.Decent(request, Content);
            return answer with { Headers = [.. answer.Headers.Where(header => !header.StartsWith("ETag", StringComparison.Ordinal))] };
        });
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000, null], sample.Ranges);
        Assert.Null(sample.Server.RequestsOf("/data.zip")[1].Header("if-range"));
        Assert.Contains(sample.Said, line => line.Contains("wrong bytes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ETag: W/\"weak\"")]
    [InlineData("Date: Sun, 22 Nov 2026 10:00:00 GMT|Last-Modified: Sun, 22 Nov 2026 09:59:59 GMT")]
    public async Task What_does_not_identify_the_content_and_is_checked_by_nobody_is_not_continued(string headers)
    {
        int requests = 0;
        using var sample = new DownloadSample(_ => new FileAnswer("200 OK", [$"Content-Length: {Content.Length}", .. headers.Split('|')], Content).CutAt(requests++ == 0 ? 100_000 : Content.Length));
        await sample.FetchAsync(sample.Source(isChecked: false));
        Assert.Equal(Content, File.ReadAllBytes(sample.Target));
        Assert.Equal([null, null], sample.Ranges);
    }

    [Fact]
    public async Task A_date_identifies_it_too()
    {
        string[] dates = ["Date: Sun, 22 Nov 2026 10:00:00 GMT", "Last-Modified: Fri, 13 Oct 2023 15:00:00 GMT"];
        using var sample = new DownloadSample(request => request.From is not { } from
            ? new FileAnswer("200 OK", [$"Content-Length: {Content.Length}", .. dates], Content).CutAt(100_000)
            : new FileAnswer("206 Partial Content", [$"Content-Length: {Content.Length - from}", $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}", .. dates], Content[(int)from..]));
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal("Fri, 13 Oct 2023 15:00:00 GMT", sample.Server.RequestsOf("/data.zip")[1].Header("if-range"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Url\":")]
    [InlineData("{\"Url\":\"http://elsewhere.invalid/data.zip\",\"ETag\":\"\\u0022one\\u0022\",\"Length\":300007}")]
    [InlineData(null)]
    public async Task A_part_of_nobody_knows_what_is_not_continued(string? note)
    {
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, Content));
        Directory.CreateDirectory(sample.Folder);
        File.WriteAllBytes(sample.Target + ".part", Content[..5000]);
        if (note is not null)
            File.WriteAllText(sample.Target + ".part.json", note);
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null], sample.Ranges);
    }

    [Fact]
    public async Task Of_a_length_that_the_server_says_only_later()
    {
        byte[] head = [.. System.Text.Encoding.ASCII.GetBytes("493e7\r\n"), .. Content]; // 300,007 in hexadecimal
        using var sample = new DownloadSample(request => request.From is null
            ? new FileAnswer("200 OK", ["Transfer-Encoding: chunked", "ETag: \"one\""], head).CutAt(100_007)
            : FileAnswer.Decent(request, Content).CutAt(request.From == 100_000 ? 50_000 : Content.Length - 150_000));
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000, 150_000], sample.Ranges);
        Assert.Equal([null, Content.Length], sample.Progress.Select(now => now.Total).Distinct());
    }

    [Fact]
    public async Task A_part_that_was_whole_is_not_asked_for()
    {
        int requests = 0;
        using var sample = new DownloadSample(request => requests++ == 0 ? FileAnswer.Whole(Content).CutAt(100_000) : FileAnswer.Decent(request, Content)) { Settings = new TransferSettings { Retries = 0 } };
        await sample.RefusalAsync("broke after");
        File.WriteAllBytes(sample.Target + ".part", Content); // Killed before it could be checked.
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal(1, requests);
    }
}
