using Data;
using Data.Storage;
using Tests.Data;
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
