using Microsoft.Data.Sqlite;
using Tests.Data;
using Trainers;
using Workbench.Llm.Endpoints;

namespace Tests.Workbench.Llm.Endpoints;

/// <summary>Answers on disk, and who may ask for those that are not there.</summary>
public sealed class AnswerCacheTests : IDisposable
{
    private static readonly QuestionKey[] Keys = [.. Enumerable.Range(0, 5).Select(i => QuestionKey.Of(ApiService.Chat, "http://x/v1", [(byte)i]))];

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["deep", "cache.sqlite"];

    public void Dispose() => _folder.Dispose();

    private static Answer Answer(string text) => new(System.Text.Encoding.UTF8.GetBytes(text), "stop", new TokenCount(3, 4));

    [Fact]
    public void An_answer_is_there_for_good()
    {
        using (var cache = AnswerCache.Open(Path))
        {
            Assert.Equal([0, 1], cache.Take(Keys[..2]).Open);
            cache.Store("http://x/v1", "m", Keys[..1], [Answer("Amélie\n\0")]);
        }

        using var again = AnswerCache.Open(Path);
        Answer found = again.Find(Keys[0])!;
        Assert.Equal(("Amélie\n\0", "stop", new TokenCount(3, 4)), (found.Text, found.Finish, found.Tokens));
        Assert.Null(again.Find(Keys[1]));
        Claim claim = again.Take(Keys[..3]);
        Assert.Equal([0], claim.Answers.Keys);
        Assert.Equal([1, 2], claim.Open); // The owner of the claim on 1 has ended.
        Assert.Equal([Keys[0]], AnswerCache.Known(Path, Keys));
        Assert.Empty(AnswerCache.Known(_folder["none.sqlite"], Keys));
        Assert.False(File.Exists(_folder["none.sqlite"]));
    }

    [Fact]
    public void What_another_asks_is_not_asked_twice()
    {
        using var one = AnswerCache.Open(Path);
        using var two = AnswerCache.Open(Path);
        Assert.Equal([0, 1], one.Take(Keys[..2]).Open);
        Claim claim = two.Take(Keys[..3]);
        Assert.Equal([0, 1], claim.Busy);
        Assert.Equal([2], claim.Open);
        one.Store("e", "m", Keys[..1], [Answer("a")]);
        one.Release(Keys[1..2]);
        claim = two.Take(Keys[..2]);
        Assert.Equal([0], claim.Answers.Keys);
        Assert.Equal([1], claim.Open);
        two.Release(Keys[2..3]);
        Assert.Equal([0], one.Take(Keys[2..3]).Open);
    }

    [Fact]
    public void Claims_of_a_program_that_was_killed_are_free_at_once()
    {
        using (var cache = AnswerCache.Open(Path))
            cache.Take(Keys);
        using (var database = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            // As a killed program leaves it: its claims, and its file, which nobody holds.
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = "UPDATE claims SET owner = 77";
            Assert.Equal(5, command.ExecuteNonQuery());
        }

        File.WriteAllText($"{Path}-owner-77", "");
        File.WriteAllText($"{Path}-owner-notes", "somebody's");
        using var next = AnswerCache.Open(Path);
        Assert.Equal(5, next.Take(Keys).Open.Count);
        Assert.False(File.Exists($"{Path}-owner-77"));
        Assert.True(File.Exists($"{Path}-owner-notes"));
    }

    [Fact]
    public void Several_programs_at_once_claim_each_question_once()
    {
        QuestionKey[] keys = [.. Enumerable.Range(0, 300).Select(i => QuestionKey.Of(ApiService.Chat, "e", BitConverter.GetBytes(i)))];
        int[] claimed = new int[keys.Length];
        AnswerCache[] caches = [.. Enumerable.Range(0, 3).Select(_ => AnswerCache.Open(Path))];
        Parallel.ForEach(caches, new ParallelOptions { MaxDegreeOfParallelism = caches.Length }, cache =>
        {
            for (int i = 0; i < keys.Length; i++)
            {
                if (cache.Take([keys[i]]).Open.Count > 0)
                    Interlocked.Increment(ref claimed[i]);
            }
        });
        Assert.All(claimed, times => Assert.Equal(1, times));
        foreach (AnswerCache cache in caches)
            cache.Dispose();
    }

    [Fact]
    public void A_file_of_somebody_else_is_left_alone()
    {
        string path = _folder["theirs.sqlite"];
        using (var database = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = "CREATE TABLE photos(id INTEGER)";
            command.ExecuteNonQuery();
        }

        byte[] before = File.ReadAllBytes(path);
        UserErrorException error = Assert.Throws<UserErrorException>(() => AnswerCache.Open(path));
        Assert.Contains("is a database of something else", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["theirs.sqlite"], _folder.Files());
    }

    [Fact]
    public void A_cache_of_a_newer_version_and_a_damaged_one_are_refused()
    {
        AnswerCache.Open(Path).Dispose();
        using (var database = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = "PRAGMA user_version = 2";
            command.ExecuteNonQuery();
        }

        Assert.Contains("newer version (2)", Assert.Throws<UserErrorException>(() => AnswerCache.Open(Path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(Path, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))]);
        Assert.Contains("is damaged", Assert.Throws<UserErrorException>(() => AnswerCache.Open(Path)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be used", Assert.Throws<UserErrorException>(() => AnswerCache.Open(_folder["deep"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_asked_makes_the_key()
    {
        string[] hexes =
        [
            QuestionKey.Of(ApiService.Chat, "e", "abc"u8).Hex, QuestionKey.Of(ApiService.Embeddings, "e", "abc"u8).Hex,
            QuestionKey.Of(ApiService.Chat, "f", "abc"u8).Hex, QuestionKey.Of(ApiService.Chat, "e", "abd"u8).Hex,
        ];
        Assert.Equal(4, hexes.Distinct().Count());
        Assert.All(hexes, hex => Assert.Matches("^[0-9a-f]{64}$", hex));
        Assert.Equal(hexes[0], QuestionKey.Of(ApiService.Chat, "e", "abc"u8).Hex);
    }
}
