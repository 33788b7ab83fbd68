using Data.Downloads;

namespace Tests.Data.Downloads;

/// <summary>A download that goes well, is shared, interrupted, or finds its file there already.</summary>
public sealed class DownloaderTests
{
    private static readonly byte[] Content = DownloadSample.Content;

    [Fact]
    public async Task A_file_is_fetched_checked_and_not_fetched_again()
    {
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, Content));
        DownloadedFile fetched = await sample.FetchAsync();
        Assert.Equal((sample.Target, Content.Length, DownloadSample.Md5, true, false), (fetched.Path, (int)fetched.Bytes, fetched.Checksum.Hex, fetched.IsPublished, fetched.WasThere));
        sample.AssertWhole();
        Assert.Empty(sample.Said);
        Assert.Equal(Content.Length, sample.Progress.Max(now => now.Bytes));
        Assert.All(sample.Progress, now => Assert.Equal(("data.zip", (long?)Content.Length), (now.File, now.Total)));
        Assert.Equal("identity", sample.Server.RequestsOf("/data.zip")[0].Header("accept-encoding"));

        int before = sample.Server.Requests.Count;
        Assert.True((await sample.FetchAsync()).WasThere);
        Assert.Equal((2, 2), (before, sample.Server.Requests.Count));
        Assert.Equal($"{DownloadSample.Md5}  data.zip\n", File.ReadAllText(sample.Target + ".md5"));
    }

    [Fact]
    public async Task A_damaged_file_is_fetched_again()
    {
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, Content));
        await sample.FetchAsync();
        byte[] damaged = [.. Content];
        damaged[123_456] ^= 1;
        File.WriteAllBytes(sample.Target, damaged);
        Assert.False((await sample.FetchAsync()).WasThere);
        sample.AssertWhole();
        Assert.Matches("data\\.zip: damaged", Assert.Single(sample.Said));
        Assert.Equal(2, sample.Ranges.Length);
    }

    [Fact]
    public async Task What_was_put_there_by_hand_is_taken()
    {
        using var sample = new DownloadSample(_ => throw new InvalidOperationException("nobody asks for it"));
        Directory.CreateDirectory(sample.Folder);
        File.WriteAllBytes(sample.Target, Content);
        Assert.True((await sample.FetchAsync()).WasThere);
        Assert.Equal("/data.zip.md5", Assert.Single(sample.Server.Requests).Path);

        // Both by hand: as the publisher writes it, and without a network.
        File.WriteAllText(sample.Target + ".md5", $"MD5 (data.zip) = {DownloadSample.Md5}\n");
        Assert.True((await sample.FetchAsync(sample.Source(FileServer.AddressOfNobody()))).WasThere);
    }

    [Fact]
    public async Task Two_at_once_fetch_once()
    {
        var both = new TaskCompletionSource();
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, Content) with { After = both.Task });
        Task<DownloadedFile> one = sample.FetchAsync(), two = sample.FetchAsync();
        while (sample.Said.IsEmpty)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Matches("another process is fetching it", Assert.Single(sample.Said));
        both.SetResult();
        DownloadedFile[] done = await Task.WhenAll(one, two);
        Assert.Equal([false, true], done.Select(file => file.WasThere).Order());
        Assert.Equal([null], sample.Ranges);
        sample.AssertWhole();
    }

    [Fact]
    public async Task Cancelled_it_goes_on_the_next_time()
    {
        bool stalls = true;
        using var sample = new DownloadSample(request => stalls ? FileAnswer.Whole(Content).CutAt(100_000) with { Stalls = true } : FileAnswer.Decent(request, Content))
        {
            Settings = new TransferSettings(),
        };
        using var cancelled = new CancellationTokenSource();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sample.FetchAsync(
            null, now => { if (now.Bytes == 100_000) cancelled.Cancel(); }, cancelled.Token));
        Assert.Matches("^interrupted: 100,000 bytes are kept in .*data\\.zip\\.part, the same command goes on from there$", error.Message);
        Assert.Equal(["data.zip.part", "data.zip.part.json"], sample.Files);

        stalls = false;
        await sample.FetchAsync();
        sample.AssertWhole();
        Assert.Equal([null, 100_000], sample.Ranges);
    }

    [Fact]
    public async Task A_file_without_a_published_checksum_gets_ours()
    {
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, Content));
        DatasetSource source = sample.Source(isChecked: false);
        DownloadedFile fetched = await sample.FetchAsync(source);
        Assert.Equal((false, ChecksumKind.Sha256), (fetched.IsPublished, fetched.Checksum.Kind));
        Assert.Equal(["data.zip", "data.zip.sha256"], sample.Files);
        Assert.True((await sample.FetchAsync(source)).WasThere);
        File.AppendAllText(sample.Target, "x");
        Assert.False((await sample.FetchAsync(source)).WasThere);
        Assert.Equal(Content, File.ReadAllBytes(sample.Target));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, Content));
        File.WriteAllText(sample.Folder, "a file");
        await sample.RefusalAsync("cache: the folder cannot be made .*--cache");
        Assert.Empty(sample.Server.Requests);
    }
}
