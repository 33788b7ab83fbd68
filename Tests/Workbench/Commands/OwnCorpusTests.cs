using System.Globalization;
using System.Security.Cryptography;
using Data;
using Data.Storage;
using Tests.Data;
using Tests.Data.Downloads;
using Tests.Data.Importers;
using Tests.Data.Importers.Conversations;
using Tests.Data.Importers.Conversations.Reddit;

namespace Tests.Workbench.Commands;

/// <summary>The publishers' own corpora of Reddit-Movie and INSPIRED: linked as they were downloaded, and learned from.</summary>
public sealed class OwnCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("reddit-movie")]
    [InlineData("inspired")]
    public async Task A_corpus_has_its_three_splits_and_trainers_learn_from_its_conversations(string name)
    {
        using RatingFolder ratings = Movies();
        using SampleFolder conversations = name == "inspired" ? Inspired() : Reddit();
        Finished linked = await Run("link", "--ratings", ratings.Path, "--conversations", conversations.Folder, "--out", "linked");
        Assert.Equal((0, ""), (linked.Code, linked.Errors));
        LinkedDataset dataset = DatasetReader.Read(_folder["linked"], new DatasetReadOptions(), null, TestContext.Current.CancellationToken).Dataset;
        Assert.Equal([Split.Train, Split.Validation, Split.Test], dataset.Turns.Select(turn => turn.Split).Distinct());
        string report = File.ReadAllText(_folder["linked", "link-report.md"]);
        Assert.Contains($"| items of {name} | count |", report, StringComparison.Ordinal);
        Assert.Contains(name == "inspired" ? "| linked by title and year | 4 |" : "| linked by IMDb id | 4 |", report, StringComparison.Ordinal);

        File.WriteAllText(
            _folder["e.yaml"],
            """
            name: e
            task: conversation
            dataset: { path: linked }
            evaluation: { bootstrap: 0 }
            baselines: [{ most-popular: { train_on: conversations } }, conversational-popularity]
            trainers:
              - item2vec: { dimension: 4, epochs: 1, train_on: conversations }
              - fism: { dimension: 4, epochs: 1, train_on: conversations }
              - sasrec: { dimension: 4, epochs: 1, train_on: conversations }
            """);
        Finished done = await Run("run", "e.yaml", "--out", "report");
        Assert.True(done.Code == 0, done.Errors);
        string[] rows = [.. File.ReadAllLines(_folder["report", "leaderboard.csv"]).Skip(1)];

        Assert.DoesNotContain(rows, row => row.Contains("failed", StringComparison.Ordinal));

        // Five rows under both protocols.
        Assert.Equal(10, rows.Count(row => row.Contains(",ok,", StringComparison.Ordinal) && row.Contains("hit@10", StringComparison.Ordinal)));
    }

    /// <summary>The corpus from a repository with Git LFS, the test turns and replies from another, into one folder.</summary>
    [Fact]
    public async Task A_corpus_and_the_turns_to_it_are_downloaded_into_one_folder_that_link_reads()
    {
        using SampleFolder corpus = Reddit(), turns = Samples.Reddit().Without("turns.train.jsonl")
            .With("turns.test.jsonl", """{"context": ["", "Anything like night harbor?"], "resp": "Paper Lions", "rec": ["tt0000105"], "entity": [], "prev_entity": ["tt0000101"], "dialog_id": 4, "turn_id": 9, "is_user": 0}""")
            .With("llm.tiny.test.jsonl", Samples.Reply(0, "1. The Paper Lions (2003)"));
        using var server = new FileServer(request =>
        {
            string[] path = request.Path.Split('/');
            byte[] content = File.ReadAllBytes(Path.Combine((path[1] == "turns" ? turns : corpus).Folder, path[^1]));
            return path[1] == "raw"
                ? FileAnswer.Text(string.Create(CultureInfo.InvariantCulture, $"version https://git-lfs.github.com/spec/v1\noid sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}\nsize {content.Length}\n"))
                : FileAnswer.Decent(request, content);
        });
        const string About = "\n  title: \"A sample\"\n  kind: conversations\n  licences: [{ name: Free, url: 'https://example.invalid/', use: 'for all; cite nobody' }]\n  files:\n";
        File.WriteAllText(
            _folder["sources.yaml"],
            "corpus:" + About + string.Concat(new[] { "train", "valid", "test" }.Select(split => $"    - {{ name: {split}.csv, url: '{server.Address}/resolve/{split}.csv', checksum_url: '{server.Address}/raw/{split}.csv' }}\n"))
            + $"    - {{ name: id2name.json, url: '{server.Address}/resolve/id2name.json' }}\n"
            + "turns:" + About + string.Concat(Directory.GetFiles(turns.Folder).Select(file => $"    - {{ name: {Path.GetFileName(file)}, url: '{server.Address}/turns/{Path.GetFileName(file)}' }}\n")));
        foreach (string name in new[] { "corpus", "turns" })
        {
            Finished done = await Run("data", "download", name, "--sources", "sources.yaml", "--cache", "cache", "--accept-licence", "--out", "talks");
            Assert.Equal((0, ""), (done.Code, done.Errors));
            Assert.Contains(name == "corpus" ? "train.csv: " : "turns.test.jsonl: ", done.Output, StringComparison.Ordinal);
        }

        using RatingFolder ratings = Movies();
        Finished linked = await Run("link", "--ratings", ratings.Path, "--conversations", "talks", "--out", "linked");
        Assert.Equal((0, ""), (linked.Code, linked.Errors));
        Assert.Contains("test.csv: 0 turns taken: turns.test.jsonl has this split", linked.Output, StringComparison.Ordinal);
        LinkedDataset dataset = DatasetReader.Read(_folder["linked"], new DatasetReadOptions(), null, TestContext.Current.CancellationToken).Dataset;
        Assert.Equal([(Split.Train, 16), (Split.Validation, 16), (Split.Test, 1)], dataset.Turns.CountBy(turn => turn.Split).Select(split => (split.Key, split.Value)));
        Assert.Equal("test_4/9", Assert.Single(dataset.Replies["tiny"]).Turn);
    }

    private Task<Finished> Run(params string[] arguments) => ChildProgram.Run(_folder.Path, arguments);

    private static SampleFolder Reddit()
    {
        SampleFolder folder = new SampleFolder().WithNames();
        string[] ids = [.. RedditTable.Names.Keys];
        foreach ((string split, int first) in new[] { ("train", 0), ("valid", 100), ("test", 200) })
        {
            RedditPost[] asked = [.. Enumerable.Range(first, 8).Select(i => new RedditPost($"t3_{i}", null, $"user{i}", 1000 + i, "Like {0}?", ids[i % 4]))];
            folder.With($"{split}.csv", asked.SelectMany(ask => Enumerable.Range(1, 2).Select(i => new RedditPost($"t1_{ask.Id[3..]}x{i}", ask, "bob", ask.Time + i, "{0}", ids[(int)((ask.Time + i) % 4)]))));
        }

        return folder;
    }

    private static SampleFolder Inspired()
    {
        var folder = new SampleFolder();
        string[] films = [.. RedditTable.Names.Values];
        foreach (string split in new[] { "train", "dev", "test" })
        {
            IEnumerable<string> rows = Enumerable.Range(0, 8).SelectMany(i => new[]
            {
                $"{i}.pkl\tSEEKER\tLike {films[i % 4]}?\t{films[i % 4]}",
                $"{i}.pkl\tRECOMMENDER\tThen {films[(i + 1) % 4]}, or {films[(i + 2) % 4]}\t{films[(i + 1) % 4]}; {films[(i + 2) % 4]}",
            });
            folder.With($"{split}.tsv", ["dialog_id\tspeaker\ttext\tmovies", .. rows]);
        }

        return folder;
    }

    private static RatingFolder Movies()
    {
        var folder = new RatingFolder();
        string[] movies = [.. RedditTable.Names.Select((movie, i) => $"{i + 1},\"{movie.Value.Replace("\"", "\"\"", StringComparison.Ordinal)}\",Drama")];
        folder.Write("movies.csv", "movieId,title,genres\n" + string.Join('\n', movies) + "\n");
        folder.Write("links.csv", "movieId,imdbId,tmdbId\n" + string.Concat(RedditTable.Names.Keys.Select((id, i) => $"{i + 1},{id[2..]},\n")));
        folder.Write("ratings.csv", "userId,movieId,rating,timestamp\n" + string.Concat(Enumerable.Range(1, 4).SelectMany(user => Enumerable.Range(1, 4).Select(movie => $"{user},{movie},4.0,{900 + movie}\n"))));
        return folder;
    }
}
