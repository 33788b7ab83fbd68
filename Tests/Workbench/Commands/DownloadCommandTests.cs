using System.Globalization;
using System.IO.Compression;
using System.Text;
using Data.Downloads;
using Tests.Data;
using Tests.Data.Downloads;
using Tests.Data.Importers;
using Tests.Data.Importers.Conversations;
using Workbench.Commands;

namespace Tests.Workbench.Commands;

/// <summary><c>workbench data download</c>, as a process of its own, at a server on loopback.</summary>
public sealed class DownloadCommandTests : IDisposable
{
    private const string Licence = "https://example.invalid/licence";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<Finished> Download(string name, params string[] more) =>
        ChildProgram.Run(_folder.Path, ["data", "download", name, "--sources", "sources.yaml", "--cache", "cache", .. more]);

    private void WriteSources(FileServer server, string name, string kind, params string[] files)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{name}:\n  title: \"A sample\"\n  kind: {kind}\n  licences: [{{ name: Free, url: '{Licence}', use: 'for all; cite nobody' }}]\n  notes: ['made up']\n  files:\n");
        foreach (string file in files)
            text.Append(CultureInfo.InvariantCulture, $"    - {{ name: {file}, url: '{server.Address}/{file}', checksum_url: '{server.Address}/{file}.md5' }}\n");
        File.WriteAllText(_folder["sources.yaml"], text.ToString());
    }

    private static FileServer Serve(IReadOnlyDictionary<string, byte[]> files, Func<FileRequest, FileAnswer?>? first = null) => new(request =>
    {
        string name = request.Path[1..];
        return first?.Invoke(request)
            ?? (files.TryGetValue(name, out byte[]? content) ? FileAnswer.Decent(request, content)
            : name.EndsWith(".md5", StringComparison.Ordinal) ? FileAnswer.Text($"MD5 ({name[..^4]}) = {DownloadSample.Md5Of(files[name[..^4]])}\n")
            : FileAnswer.Empty("404 Not Found"));
    });

    /// <summary>A zip of ratings as MovieLens publishes them, in a folder of its own.</summary>
    private static byte[] Ratings()
    {
        using var ratings = new RatingFolder();
        ratings.Write("movies.csv", "movieId,title,genres\n101,Night Harbor (1982),Drama\n102,Hollow Sea (1977),Drama\n");
        ratings.Write("ratings.csv", "userId,movieId,rating,timestamp\n1,101,4.0,900\n1,102,3.5,901\n2,101,5.0,900\n");
        return File.ReadAllBytes(ratings.Zip());
    }

    [Fact]
    public async Task Ratings_are_downloaded_and_imported_by_the_command_that_it_names()
    {
        byte[] zip = Ratings();
        using FileServer server = Serve(new Dictionary<string, byte[]> { ["ml-tiny.zip"] = zip });
        WriteSources(server, "ml-tiny", "ratings", "ml-tiny.zip");
        Finished done = await Download("ml-tiny", "--accept-licence");
        Assert.Equal((0, ""), (done.Code, done.Errors));
        string path = Path.Combine(Path.GetFullPath(_folder["cache"]), "ml-tiny", "ml-tiny.zip");
        Assert.Equal(
            [
                "ml-tiny: A sample", $"licence: Free, {Licence}: for all; cite nobody",
                FormattableString.Invariant($"ml-tiny.zip: {zip.Length:N0} bytes, md5 {DownloadSample.Md5Of(zip)}, as published"),
                "note: made up", $"ready: {path}", $"next: workbench data import {path} --out data/ml-tiny",
            ],
            done.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        Finished imported = await ChildProgram.Run(_folder.Path, done.Output.Split('\n')[^2]["next: workbench ".Length..].Split(' '));
        Assert.True(imported.Code == 0, imported.Errors);
        Assert.Contains("3 ratings", imported.Output, StringComparison.Ordinal);

        int requests = server.Requests.Count;
        Finished copied = await Download("ml-tiny", "--accept-licence", "--out", "mine");
        Assert.Equal((0, ""), (copied.Code, copied.Errors));
        Assert.Contains("as published; it was there already", copied.Output, StringComparison.Ordinal);
        Assert.Contains($"next: workbench data import {Path.Combine(Path.GetFullPath(_folder["mine"]), "ml-tiny.zip")} --out", copied.Output, StringComparison.Ordinal);
        Assert.Equal(zip, File.ReadAllBytes(_folder["mine", "ml-tiny.zip"]));
        Assert.Equal((2, 2), (requests, server.Requests.Count));
    }

    [Fact]
    public async Task Conversations_are_downloaded_into_what_link_reads()
    {
        using SampleFolder sample = Samples.Redial();
        Dictionary<string, byte[]> files = Directory.GetFiles(sample.Folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("movies_with_mentions.csv").Open();
            string names = Encoding.UTF8.GetString(files["movies.csv"]);
            entry.Write(Encoding.UTF8.GetBytes(string.Join('\n', names.TrimEnd('\n').Split('\n').Select((line, at) => line.TrimEnd('\r') + (at == 0 ? ",nbMentions" : ",7"))) + "\n"));
        }

        files.Remove("movies.csv");
        files["redial.zip"] = zip.ToArray();
        using FileServer server = Serve(files);
        WriteSources(server, "redial-tiny", "conversations", [.. files.Keys]);
        string sources = File.ReadAllText(_folder["sources.yaml"]);
        File.WriteAllText(_folder["sources.yaml"], sources.Replace("redial.zip.md5' }", "redial.zip.md5', unpack: { movies_with_mentions.csv: movies.csv } }", StringComparison.Ordinal));
        Finished done = await Download("redial-tiny", "--accept-licence", "--out", "conversations");
        Assert.Equal((0, ""), (done.Code, done.Errors));
        string folder = Path.GetFullPath(_folder["conversations"]);
        Assert.Contains($"next: workbench link --ratings RATINGS --conversations {folder} --out data/redial-tiny, where", done.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("redial.zip", Directory.GetFiles(folder).Select(Path.GetFileName));

        File.WriteAllBytes(_folder["ratings.zip"], Ratings());
        Finished linked = await ChildProgram.Run(_folder.Path, "link", "--ratings", "ratings.zip", "--conversations", folder, "--out", "linked");
        Finished direct = await ChildProgram.Run(_folder.Path, "link", "--ratings", "ratings.zip", "--conversations", sample.Folder, "--out", "direct");
        Assert.True(linked.Code == 0, linked.Errors);
        Assert.Equal(File.ReadAllBytes(_folder["direct", "items.csv"]), File.ReadAllBytes(_folder["linked", "items.csv"]));
        Assert.Equal(File.ReadAllBytes(_folder["direct", "conversations.jsonl"]), File.ReadAllBytes(_folder["linked", "conversations.jsonl"]));
        Assert.Equal(0, direct.Code);
    }

    [Fact]
    public async Task Without_the_licence_accepted_nobody_is_asked()
    {
        using FileServer server = Serve(new Dictionary<string, byte[]> { ["a.zip"] = [1] });
        WriteSources(server, "mine", "ratings", "a.zip");
        Finished refused = await Download("mine");
        Refusal.Of(refused, $"^workbench: mine has conditions of use, shown above: read them at {Licence}, and accept them by --accept-licence; nothing was fetched$");
        Assert.Contains($"licence: Free, {Licence}: for all; cite nobody", refused.Output, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.False(Directory.Exists(_folder["cache"]));
    }

    [Fact]
    public async Task Mistakes_are_one_line()
    {
        using FileServer server = Serve(new Dictionary<string, byte[]> { ["a.zip"] = [1] });
        WriteSources(server, "mine", "ratings", "b.zip");
        Refusal.Of(await Download("ml-33m", "--accept-licence"), "there is no dataset `ml-33m` to download; did you mean `ml-32m`\\? \\(known: ml-32m, .*, mine\\)$");
        File.WriteAllText(_folder["sources.yaml"], File.ReadAllText(_folder["sources.yaml"]).Replace("b.zip.md5", "a.zip.md5", StringComparison.Ordinal).Replace("name: b.zip", "name: a.zip", StringComparison.Ordinal));
        Refusal.Of(await Download("mine", "--accept-licence"), "^workbench: http://127\\.0\\.0\\.1:[0-9]+/b\\.zip: answers 404, the file is not there: .*--sources FILE$");
        File.WriteAllText(_folder["sources.yaml"], File.ReadAllText(_folder["sources.yaml"]).Replace(server.Address, FileServer.AddressOfNobody(), StringComparison.Ordinal));
        Refusal.Of(await Download("mine", "--accept-licence"), "a\\.zip\\.md5: no connection to 127\\.0\\.0\\.1:[0-9]+ \\(.*\\): fetch it by other means, put it there as .*a\\.zip\\.md5, and .*b\\.zip as .*a\\.zip$");
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_came_and_two_programs_share_it()
    {
        byte[] content = Ratings();
        content = [.. content, .. DownloadSample.Bytes(200_000, 5)];
        bool stalls = true;
        using FileServer server = Serve(
            new Dictionary<string, byte[]> { ["a.zip"] = content },
            request => request.Path == "/a.zip" && stalls ? FileAnswer.Whole(content).CutAt(70_000) with { Stalls = true } : null);
        WriteSources(server, "mine", "ratings", "a.zip");
        string part = _folder["cache", "mine", "a.zip.part"];
        string[] arguments = ["data", "download", "mine", "--sources", "sources.yaml", "--cache", "cache", "--accept-licence"];
        Finished interrupted = await ChildProgram.Run(_folder.Path, _ => File.Exists(part) && new FileInfo(part).Length == 70_000, arguments);
        Assert.Equal(130, interrupted.Code);
        Assert.Matches("^workbench: interrupted: 70,000 bytes are kept in .*a\\.zip\\.part, the same command goes on from there$", Assert.Single(interrupted.ErrorLines));

        stalls = false;
        Finished[] both = await Task.WhenAll(ChildProgram.Run(_folder.Path, arguments), ChildProgram.Run(_folder.Path, arguments));
        Assert.All(both, one => Assert.True(one.Code == 0, one.Errors));
        Assert.Equal([null, 70_000], server.RequestsOf("/a.zip").Select(request => request.From));
        Assert.Equal(content, File.ReadAllBytes(_folder["cache", "mine", "a.zip"]));
    }

    [Theory]
    [InlineData(120_400_000, 238_900_000L, 11_200_000, "ml-32m.zip: 120.4 of 238.9 MB, 11.2 MB/s, 00:00:11 left")]
    [InlineData(120_400_000, null, 11_200_000, "ml-32m.zip: 120.4 MB, 11.2 MB/s")]
    [InlineData(0, 238_900_000L, 0, "ml-32m.zip: 0.0 of 238.9 MB, 0.0 MB/s")]
    public void Progress_has_bytes_rate_and_time_left(long bytes, long? total, double rate, string line) =>
        Assert.Equal(line, DownloadLines.Line(new DownloadProgress("ml-32m.zip", bytes, total), rate));

    [Fact]
    public void Progress_is_told_every_five_seconds_and_counts_this_run_only()
    {
        var clock = new SetTime();
        var said = new List<string>();
        var lines = new DownloadLines(clock, said.Add);
        lines.Report(new DownloadProgress("a", 50_000_000, 100_000_000));
        foreach (int second in Enumerable.Range(1, 11))
        {
            clock.Seconds = second;
            lines.Report(new DownloadProgress("a", 50_000_000 + second * 1_000_000, 100_000_000));
        }

        Assert.Equal(["a: 55.0 of 100.0 MB, 1.0 MB/s, 00:00:45 left", "a: 60.0 of 100.0 MB, 1.0 MB/s, 00:00:40 left"], said);
        clock.Seconds = 12;
        lines.Report(new DownloadProgress("a", 0, 100_000_000)); // Begun anew.
        clock.Seconds = 17;
        lines.Report(new DownloadProgress("a", 20_000_000, 100_000_000));
        Assert.Equal("a: 20.0 of 100.0 MB, 4.0 MB/s, 00:00:20 left", said[^1]);
    }

    private sealed class SetTime : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
