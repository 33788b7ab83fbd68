using System.IO.Compression;
using Data.Downloads;
using Trainers;

namespace Tests.Data.Downloads;

/// <summary>The addresses that the program carries, and those that people give.</summary>
public sealed class DatasetSourcesTests
{
    private const string Entry = """
        mine:
          title: "Mine"
          kind: ratings
          licences:
            - name: none
              url: https://example.invalid/licence
              use: "free"
          files:
            - name: mine.zip
              url: https://example.invalid/mine.zip
              checksum_url: https://example.invalid/mine.zip.md5

        """;

    [Fact]
    public void The_datasets_are_there_with_licence_and_checksum()
    {
        Assert.Equal(
            ["ml-32m", "ml-25m", "ml-20m", "ml-10m", "ml-1m", "ml-100k", "ml-latest-small", "reddit-movie", "reddit-movie-cikm", "reddit-movie-small", "reddit-movie-large", "redial", "inspired"],
            DatasetSources.Published.Select(source => source.Name));
        foreach (DatasetSource source in DatasetSources.Published)
        {
            Assert.All(source.Licences, licence => Assert.Equal("https", licence.Url.Scheme));
            Assert.All(source.Licences, licence => Assert.Contains("cite ", licence.Use, StringComparison.Ordinal));

            // All but small files of Hugging Face, which is told in the notes.
            Assert.All(source.Files, file => Assert.True(
                file.Url.Scheme == "https" && (file.Checksum is null) != (file.ChecksumUrl is null) != (file.Url.Host == "huggingface.co" && file.Name.EndsWith(".json", StringComparison.Ordinal)), file.Name));
            Assert.Equal(source.Files.Any(file => file.Checksum is null && file.ChecksumUrl is null), source.Notes.Any(note => note.Contains("taken unchecked", StringComparison.Ordinal)));
        }

        foreach (DatasetSource movieLens in DatasetSources.Published.Where(source => source.Kind == SourceKind.Ratings))
        {
            RemoteFile file = Assert.Single(movieLens.Files);
            Assert.Equal(($"{movieLens.Name}.zip", new Uri(file.Url + ".md5")), (file.Name, file.ChecksumUrl));
        }

        // What the importer of conversations needs besides turns or dialogues.
        foreach (DatasetSource conversations in DatasetSources.Published.Where(source => source.Kind == SourceKind.Conversations))
        {
            HashSet<string> names = [.. conversations.Files.Select(file => file.Name)];
            if (conversations.Name is "reddit-movie-small" or "reddit-movie-large")
                Assert.Equal(["id2name.json", "test.csv", "train.csv", "valid.csv"], names.Order());
            else
                Assert.Superset(new HashSet<string> { "turns.test.jsonl", "entity2id.json", "item_ids.json" }, names);
        }
    }

    [Fact]
    public void Files_of_Git_LFS_are_checked_by_the_pointer_at_the_same_commit()
    {
        RemoteFile[] files = [.. DatasetSources.Published.SelectMany(source => source.Files).Where(file => file.Url.Host == "huggingface.co" && file.ChecksumUrl is not null)];
        Assert.Equal(9, files.Length);
        Assert.All(files, file => Assert.Matches("/resolve/[0-9a-f]{40}/", file.Url.AbsoluteUri));
        Assert.All(files, file => Assert.Equal(file.Url.AbsoluteUri.Replace("/resolve/", "/raw/", StringComparison.Ordinal), file.ChecksumUrl!.AbsoluteUri));
    }

    [Fact]
    public void Given_addresses_step_in_the_place_of_the_publishers()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["s.yaml"], Entry + Entry.Replace("mine", "ml-25m", StringComparison.Ordinal));
        IReadOnlyList<DatasetSource> sources = DatasetSources.With(folder["s.yaml"]);
        Assert.Equal([.. DatasetSources.Published.Select(source => source.Name), "mine"], sources.Select(source => source.Name));
        Assert.Equal("https://example.invalid/ml-25m.zip", DatasetSources.Require(sources, "ml-25m").Files[0].Url.AbsoluteUri);
        Assert.Equal("files.grouplens.org", DatasetSources.Require(sources, "ml-20m").Files[0].Url.Host);
        Assert.Same(DatasetSources.Published, DatasetSources.With(null));
        Assert.Matches("there is no dataset `ml-26m` to download; did you mean `ml-2", Assert.Throws<UserErrorException>(() => DatasetSources.Require(sources, "ml-26m")).Message);
    }

    [Theory]
    [InlineData("mine:", "../mine:", "s\\.yaml:1:1: `\\.\\./mine` is no name of a dataset")]
    [InlineData("kind: ratings", "kind: films", "s\\.yaml:3:9: `kind` must be ratings or conversations, not `films`")]
    [InlineData("kind: ratings", "kynd: ratings", "s\\.yaml:3:3: there is no key `kynd`; did you mean `kind`\\?")]
    [InlineData("  title: \"Mine\"\n", "", "s\\.yaml:2:3: the key `title` is missing")]
    [InlineData("name: mine.zip", "name: ../mine.zip", "s\\.yaml:9:13: `\\.\\./mine\\.zip` is no plain file name")]
    [InlineData("https://example.invalid/mine.zip\n", "ftp://example.invalid/mine.zip\n", "`url` must be an address that begins with https://")]
    [InlineData("https://example.invalid/mine.zip\n", "mine.zip\n", "`url` must be an address that begins with https://")]
    [InlineData("checksum_url: https://example.invalid/mine.zip.md5", "md5: 12ab", "`md5` must be 32 hexadecimal digits, not `12ab`")]
    [InlineData("checksum_url: https://example.invalid/mine.zip.md5", "unpack: { a.csv: ../a.csv }", "`unpack` must map names")]
    [InlineData("checksum_url: https://example.invalid/mine.zip.md5", "unpack: { a.csv: mine.zip }", "two files would be named `mine\\.zip`")]
    [InlineData("use: \"free\"", "uses: \"free\"", "s\\.yaml:7:7: there is no key `uses`; did you mean `use`\\?")]
    [InlineData("licences:", "licences: []\n  notes:", "`licences` is empty|`notes` must be")]
    [InlineData(Entry, "- a list", "s\\.yaml:1: expected one mapping")]
    [InlineData("title: \"Mine\"", "title: \"Mine", "s\\.yaml:[0-9]+:[0-9]+: not valid YAML")]
    public void Mistakes_in_given_addresses_are_told_with_their_place(string from, string to, string pattern)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(from, Entry, StringComparison.Ordinal);
        File.WriteAllText(folder["s.yaml"], Entry.Replace(from, to, StringComparison.Ordinal));
        Assert.Matches(pattern, Assert.Throws<UserErrorException>(() => DatasetSources.With(folder["s.yaml"])).Message);
        Assert.Throws<UserErrorException>(() => DatasetSources.With(folder["absent.yaml"]));
    }

    [Fact]
    public async Task A_zip_is_unpacked_under_the_names_that_the_importer_knows()
    {
        using var folder = new TemporaryFolder();
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("deep/train_data.jsonl").Open();
            entry.Write("{}\n"u8);
        }

        using var server = new FileServer(request => FileAnswer.Decent(request, zip.ToArray()));
        RemoteFile FileOf(string entry) => new("a.zip", new Uri($"{server.Address}/a.zip"), null, null, new Dictionary<string, string> { [entry] = "dialogues.train.jsonl" });
        DatasetSource Source(string entry) => DatasetSources.Published[0] with { Kind = SourceKind.Conversations, Files = [FileOf(entry)] };
        using var downloader = new Downloader(new TransferSettings(), TimeProvider.System);
        IReadOnlyList<DownloadedFile> files = await downloader.FetchAsync(Source("train_data.jsonl"), folder["cache"], TestContext.Current.CancellationToken);
        Assert.Equal("{}\n", File.ReadAllText(folder["cache", "dialogues.train.jsonl"]));
        Assert.Equal(folder["cache"], DatasetCopy.ImportPath(Source("train_data.jsonl"), files));

        IReadOnlyList<DownloadedFile> copied = DatasetCopy.Make(files, folder["copy"], TestContext.Current.CancellationToken);
        Assert.Equal(["dialogues.train.jsonl"], Directory.GetFiles(folder["copy"]).Select(Path.GetFileName));
        Assert.Equal(folder["copy"], DatasetCopy.ImportPath(Source("train_data.jsonl"), copied));

        // What is there is left alone, also where nothing may be written; what is damaged, or another's, is noticed.
        File.Delete(folder["cache", ".a.zip.lock"]);
        DateTime before = File.GetLastWriteTimeUtc(folder["cache", "dialogues.train.jsonl"]);
        Assert.True((await downloader.FetchAsync(Source("train_data.jsonl"), folder["cache"], TestContext.Current.CancellationToken))[0].WasThere);
        Assert.Equal(before, File.GetLastWriteTimeUtc(folder["cache", "dialogues.train.jsonl"]));
        Assert.False(File.Exists(folder["cache", ".a.zip.lock"]));
        File.WriteAllText(folder["cache", "dialogues.train.jsonl"], "{]\n");
        await downloader.FetchAsync(Source("train_data.jsonl"), folder["cache"], TestContext.Current.CancellationToken);
        Assert.Equal("{}\n", File.ReadAllText(folder["cache", "dialogues.train.jsonl"]));
        Assert.Single(server.Requests);
        File.WriteAllText(folder["copy", "dialogues.train.jsonl"], "mine");
        Assert.Matches("dialogues\\.train\\.jsonl: another file of this name is there already", Assert.Throws<UserErrorException>(() => DatasetCopy.Make(files, folder["copy"], TestContext.Current.CancellationToken)).Message);
        Assert.Equal("mine", File.ReadAllText(folder["copy", "dialogues.train.jsonl"]));

        var missing = await Assert.ThrowsAsync<UserErrorException>(() => downloader.FetchAsync(Source("test_data.jsonl"), folder["cache"], TestContext.Current.CancellationToken));
        Assert.Matches("a\\.zip: test_data\\.jsonl is missing: it holds what becomes dialogues\\.train\\.jsonl", missing.Message);
    }

    [Theory]
    [InlineData("given", "kept", "cache", "home", "given")]
    [InlineData(null, "kept", "cache", "home", "kept")]
    [InlineData(null, " ", "cache", "home", "cache/workbench/datasets")]
    [InlineData(null, null, "", "home", "home/.cache/workbench/datasets")]
    [InlineData(null, null, "not rooted", "home", "home/.cache/workbench/datasets")]
    [InlineData(null, null, null, null, null)]
    public void The_cache_is_where_the_user_says_else_where_the_system_says(string? given, string? kept, string? cache, string? home, string? expected)
    {
        if (!OperatingSystem.IsLinux())
            return;
        string Rooted(string name) => Path.Combine(Path.GetTempPath(), name);
        string? Variable(string name) => name switch
        {
            CacheFolder.Variable => kept is null or " " ? kept : Rooted(kept),
            "XDG_CACHE_HOME" => cache is null or "" or "not rooted" ? cache : Rooted(cache),
            "HOME" => home is null ? null : Rooted(home),
            _ => null,
        };
        if (expected is null)
            Assert.Matches("no folder for downloads.*--cache.*WORKBENCH_CACHE", Assert.Throws<UserErrorException>(() => CacheFolder.Of(null, Variable)).Message);
        else
            Assert.Equal(Rooted(expected), CacheFolder.Of(given is null ? null : Rooted(given), Variable));
    }
}
