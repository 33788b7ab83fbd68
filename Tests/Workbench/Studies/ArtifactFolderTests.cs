using Workbench.Studies;

namespace Tests.Workbench.Studies;

public sealed class ArtifactFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string[] Files() => [.. Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_root, file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Equal_bytes_are_one_artifact_by_the_name_of_their_hash()
    {
        var folder = new ArtifactFolder(_root);
        string name = folder.Write(stream => stream.Write("abc"u8));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", name);
        Assert.Equal(name, folder.Write(stream => stream.Write("abc"u8)));
        Assert.Equal([Path.Combine("objects", "ba", name)], Files());
        Assert.Equal("abc"u8.ToArray(), folder.Read(name));
        Assert.True(folder.Has(name));
    }

    [Fact]
    public void What_is_damaged_or_gone_is_not_there()
    {
        var folder = new ArtifactFolder(_root);
        string name = folder.Write(stream => stream.Write("abc"u8));
        File.WriteAllText(Path.Combine(_root, Files()[0]), "abd");
        Assert.Null(folder.Read(name));
        File.Delete(Path.Combine(_root, Files()[0]));
        Assert.Null(folder.Read(name));
        Assert.False(folder.Has(name));
    }

    [Fact]
    public void A_write_that_fails_leaves_nothing()
    {
        var folder = new ArtifactFolder(_root);
        Assert.Throws<StudyException>(() => folder.Write(stream =>
        {
            stream.Write("abc"u8);
            throw new IOException("No space left on device");
        }));
        Assert.Empty(Files());
    }

    [Fact]
    public void A_trial_is_found_by_other_studies_while_its_artifact_is_there()
    {
        var folder = new ArtifactFolder(_root);
        string name = folder.Write(stream => stream.Write("abc"u8));
        string key = new TrialIdentity().With("a", "b").Key;
        var trial = new TrialRecord(key, TrialRecord.Row, "a \"label\"", null, 0.125, 3, name, "{}");
        Assert.Null(folder.Find(key));
        folder.Share(trial);
        Assert.Equal(trial, folder.Find(key));
        File.Delete(Path.Combine(_root, "objects", name[..2], name));
        Assert.Null(folder.Find(key));
    }

    [Fact]
    public void Pruning_leaves_what_is_kept()
    {
        var folder = new ArtifactFolder(_root);
        TrialRecord Trial(string text)
        {
            string name = folder.Write(stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
            var trial = new TrialRecord(new TrialIdentity().With("a", text).Key, TrialRecord.Row, text, null, null, 1, name, "{}");
            folder.Share(trial);
            return trial;
        }

        TrialRecord kept = Trial("kept"), gone = Trial("gone, of 20 letters.");
        File.WriteAllText(Path.Combine(_root, "objects", "17.1.tmp"), "");
        (int files, long bytes) = folder.Prune([kept]);
        Assert.Equal(3, files);
        Assert.True(bytes >= 20);
        Assert.Equal(kept, folder.Find(kept.Key));
        Assert.Null(folder.Find(gone.Key));
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void Identities_differ_where_anything_differs()
    {
        string[] keys =
        [
            new TrialIdentity().Key, new TrialIdentity().With("a", "b").Key, new TrialIdentity().With("a", null).Key, new TrialIdentity().With("a", "").Key,
            new TrialIdentity().With("a", "b\nc = d").Key, new TrialIdentity().With("a", "b").With("c", "d").Key, new TrialIdentity().With("a", "b\\nc = d").Key,
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[1], new TrialIdentity().With("a", "b").Key);
    }
}
