using System.Text;
using Tests.Data;
using Trainers;
using Workbench.Studies;
using Workbench.Studies.Postgres;

namespace Tests.Workbench.Studies.Postgres;

[Collection("PostgreSQL")]
public sealed class PostgresArtifactsTests : IDisposable
{
    private const int Most = 100;

    private readonly PostgresServer _server = PostgresServer.Require();
    private readonly TemporaryFolder _folder = new();
    private readonly PostgresAddress _address;

    public PostgresArtifactsTests() => _address = _server.Address(_server.NewDatabase());

    public void Dispose() => _folder.Dispose();

    private PostgresStudies Root(string machine = "one") => new(_address, _folder[machine], Most);

    private static void Write(Stream stream, string text)
    {
        // As writers do it: in pieces of several kinds.
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        stream.WriteByte(bytes[0]);
        stream.Write(bytes, 1, 40);
        stream.Write(bytes.AsSpan(41));
        stream.Flush();
    }

    private static string Text(int length) => new([.. Enumerable.Range(0, length).Select(i => (char)('a' + (i * 7 % 26)))]);

    private static TrialIdentity Identity(string name) => new TrialIdentity().With("name", name);

    private static TrialRecord Made(Study study, string name, int length, string? failure = null)
    {
        Assert.True(study.Take(Identity(name), TrialRecord.Row, name).Mine);
        var trial = new TrialRecord(Identity(name).Key, TrialRecord.Row, name, failure, null, 1, null, "{}");
        return study.Finish(trial, stream => Write(stream, Text(length)));
    }

    private string[] Objects(string machine = "one") => [.. _folder.Files().Where(file => file.StartsWith(Path.Combine(machine, "postgres", "artifacts", "objects"), StringComparison.Ordinal))];

    [Theory]
    [InlineData(Most, 0)]
    [InlineData(Most + 1, 1)]
    [InlineData(200_000, 1)]
    public void Small_artifacts_are_in_the_database_and_large_ones_in_the_folder(int length, int files)
    {
        using Study study = Root().Open("a");
        string name = Made(study, "x", length).Artifact!;
        Assert.Equal(files, Objects().Length);
        Assert.True(study.Artifacts.Has(name));
        Assert.Equal(Text(length), Encoding.UTF8.GetString(study.Artifacts.Read(name)!));

        // Again it is the same one.
        Assert.Equal(name, Made(study, "y", length).Artifact);
        Assert.Equal(files, Objects().Length);
        study.Artifacts.Remove(name);
        Assert.False(study.Artifacts.Has(name));
        Assert.Null(study.Artifacts.Read(name));
        Assert.Empty(Objects());
    }

    [Fact]
    public void What_a_trial_made_is_known_to_other_studies_and_machines_without_a_common_folder_know_what_is_small()
    {
        using (Study study = Root().Open("a"))
        {
            Made(study, "small", 50);
            Made(study, "large", 500);
        }

        using (Study shared = Root().Open("b"))
        {
            Assert.Equal("small", shared.Take(Identity("small"), TrialRecord.Row, "small").Done!.Label);
            Assert.True(shared.Knows(Identity("large")));
        }

        // Where its bytes are not to be had, another study's trial is none: it is made anew, and then both folders have it.
        using Study other = Root("other").Open("c");
        Assert.True(other.Knows(Identity("small")));
        Assert.False(other.Knows(Identity("large")));
        Made(other, "large", 500);
        Assert.Equal((1, 1), (Objects().Length, Objects("other").Length));
    }

    [Fact]
    public void A_large_artifact_that_another_machine_has_is_told_and_not_made_again_and_again()
    {
        using Study one = Root().Open("a"), other = Root("other").Open("a");
        TrialRecord trial = Made(one, "large", 2_345_678);
        StudyException error = Assert.Throws<StudyException>(() => other.Take(Identity("large"), TrialRecord.Row, "large"));
        Assert.Contains(
            $"an artifact of 2.3 MB is in another machine's folder, not in {_folder["other", "postgres", "artifacts"]}: `--studies` must be a folder that all machines share, or `artifacts_in_database` more than that",
            error.Message, StringComparison.Ordinal);
        Assert.Throws<StudyException>(() => other.Artifacts.Read(trial.Artifact!));
        Assert.Equal([trial], one.Store.Done());
    }

    [Fact]
    public void A_large_artifact_that_was_removed_or_damaged_in_the_common_folder_is_made_again()
    {
        using Study one = Root().Open("a"), other = Root().Open("a");
        TrialRecord removed = Made(one, "removed", 500), damaged = Made(one, "damaged", 700);
        File.Delete(_folder[Objects().Single(file => file.EndsWith(removed.Artifact!, StringComparison.Ordinal))]);
        File.WriteAllText(_folder[Objects().Single()], "damaged");
        Assert.True(other.Take(Identity("removed"), TrialRecord.Row, "removed").Mine);
        Assert.NotNull(other.Take(Identity("damaged"), TrialRecord.Row, "damaged").Done);
        Assert.Null(other.Artifacts.Read(damaged.Artifact!));
        other.Discard(damaged);
        Assert.True(other.Take(Identity("damaged"), TrialRecord.Row, "damaged").Mine);
    }

    [Fact]
    public void Pruning_leaves_what_studies_have_made_and_what_other_databases_know()
    {
        using (Study kept = Root().Open("kept"), gone = Root().Open("gone"))
        {
            Made(kept, "small", 50);
            Made(kept, "large", 500);
            Made(gone, "small too", 51);
            Made(gone, "large too", 501);
            Made(gone, "large, too", 502);
            gone.Store.SetNote("a", "b");
            Assert.Contains("is at work", Assert.Throws<UserErrorException>(() => PruneWhileAtWork(kept)).Message, StringComparison.Ordinal);
        }

        var elsewhere = new PostgresStudies(_server.Address(_server.NewDatabase()), _folder["one"], Most);
        using (Study study = elsewhere.Open("kept"))
            Made(study, "large", 503);
        Assert.Equal(4, Objects().Length);
        File.WriteAllText(_folder["one", "postgres", "artifacts", "objects", "new.left.1.1.0.tmp"], "left");
        Assert.Equal(["gone", "kept"], Root().Names());
        (int count, long bytes) = Root().Prune(["gone"]);
        Assert.Equal((5, 51 + 501 + 502 + 4), (count, bytes));
        Assert.Equal(["kept"], Root().Names());
        Assert.Equal(2, Objects().Length);
        using (Study kept = Root().Open("kept"))
            Assert.All(kept.Store.Done(), trial => Assert.True(kept.Artifacts.Has(trial.Artifact!)));
        using (Study study = elsewhere.Open("kept"))
            Assert.All(study.Store.Done(), trial => Assert.NotNull(study.Artifacts.Read(trial.Artifact!)));
        Assert.Contains("there is no study `gone`", Assert.Throws<UserErrorException>(() => Root().Find("gone")).Message, StringComparison.Ordinal);
        Assert.Contains("there is no study `gone`", Assert.Throws<UserErrorException>(() => Root().Prune(["gone"])).Message, StringComparison.Ordinal);

        (int, long) PruneWhileAtWork(Study study)
        {
            Assert.True(study.Take(Identity("at work"), TrialRecord.Row, "at work").Mine);
            try
            {
                return Root().Prune([]);
            }
            finally
            {
                study.GiveBack(Identity("at work"));
            }
        }
    }
}
