using System.Text;
using Data.Storage;
using Trainers;

namespace Tests.Data.Storage;

/// <summary>Each damage gives one line that names the file and, where there is one, the line.</summary>
public class DamageTests
{
    [Theory]
    [InlineData("interactions.csv", "x:1,m1,4.5,9", "x:1,m9,4.5,9", ":3: the item `m9` is not in items.csv")]
    [InlineData("interactions.csv", "x:1,m1,4.5,9", "x:1,m1,4.5", ":3: 3 columns instead of 4 (user,item,rating,timestamp)")]
    [InlineData("interactions.csv", "x:1,m1,4.5,9", "x:1,m1,4.5,9,1,2", ":3: 6 columns instead of 4")]
    [InlineData("interactions.csv", "x:1,m1,4.5,9", "\"x:1\",m1,4.5", ":3: 3 columns instead of 4")]
    [InlineData("interactions.csv", "x:1,m1,4.5,9", "\"x:1,m1,4.5", ":3: a quoted field is opened here and never closed")]
    [InlineData("interactions.csv", "x:1,m1,4.5,9", "", ":3: 1 columns instead of 4")]
    [InlineData("interactions.csv", "x:1,m1,4.5,9", ",m1,4.5,9", ":3: the row has no user")]
    [InlineData("interactions.csv", "4.5", "four", ":3: the rating `four` is not a number")]
    [InlineData("interactions.csv", "4.5", "4,5", ":3: 5 columns instead of 4")]
    [InlineData("interactions.csv", "4.5", "NaN", ":3: the rating `NaN` is not a number")]
    [InlineData("interactions.csv", "4.5", "1e99", ":3: the rating `1e99` is not a number")]
    [InlineData("interactions.csv", "4.5", " 4", ":3: the rating ` 4` is not a number")]
    [InlineData("interactions.csv", ",9", ",9.5", ":3: the timestamp `9.5` is not a whole number of seconds")]
    [InlineData("interactions.csv", ",9", ",", ":3: the timestamp `` is not a whole number of seconds")]
    [InlineData("interactions.csv", ",9", ",99999999999999999999", ":3: the timestamp")]
    [InlineData("interactions.csv", "x:1,m1,4.5,9", "x:1,m2,4.5,9", ":3: user `x:1` rates item `m2` twice, first on line 2: keep one")]
    [InlineData("interactions.csv", "user,item", "item,user", ":1: the header must be `user,item,rating,timestamp`")]
    [InlineData("items.csv", "m2,", "m1,", ":3: item `m1` occurs twice, first on line 2")]
    [InlineData("items.csv", "m2,", ",", ":3: the item has no id")]
    [InlineData("items.csv", "Solaris,", "Solaris,x,", ":3: 9 columns, the header has 8")]
    [InlineData("items.csv", "Solaris,", "Solaris,late", ":3: the year `late` is not a whole number")]
    [InlineData("items.csv", ",conversations,", ",talk,", ":3: the origin `talk` is none of ratings, conversations, both, none")]
    [InlineData("items.csv", "item,title", "id,title", ":1: the first columns must be `item,title,year,genres,movielens_id,imdb_id,origin`")]
    [InlineData("items.csv", ",plot", ",year", ":1: the column `year` occurs twice")]
    [InlineData("items.csv", "A planet.", "\"A \"planet", ":3: text follows a closing quote")]
    [InlineData("items.csv", "A planet.", "\"A planet", ":3: a quoted field is opened here and never closed")]
    [InlineData("conversations.jsonl", "\"targets\":[\"m1\"],\"repeated\":[]}", "\"targets\":[\"m", ":1:")]
    [InlineData("conversations.jsonl", "\"mentioned\"", "\"mentoned\"", ":1: there is no key `mentoned`; did you mean `mentioned`?")]
    [InlineData("conversations.jsonl", "\"mentioned\":[\"m2\"],", "", ":1: the key `mentioned` is missing")]
    [InlineData("conversations.jsonl", "\"mentioned\"", "\"targets\"", ":1: the key `targets` occurs twice")]
    [InlineData("conversations.jsonl", "\"targets\":[\"m1\"]", "\"targets\":[\"m7\"]", ":1: the item `m7` is not in items.csv")]
    [InlineData("conversations.jsonl", "\"targets\":[\"m1\"]", "\"targets\":\"m1\"", ":1: expected a list")]
    [InlineData("conversations.jsonl", "\"time\":12", "\"time\":1.5", ":1: expected a whole number, not `1.5`")]
    [InlineData("conversations.jsonl", "\"test\"", "\"tset\"", ":1: split `tset` is none of train, validation, test")]
    [InlineData("conversations.jsonl", "\"seeker\"", "\"bot\"", ":1: role `bot` is none of seeker, recommender")]
    [InlineData("conversations.jsonl", "\"repeated\":[]}", "\"repeated\":[]} {", ":1: text after the end of the JSON object")]
    [InlineData("conversations.jsonl", "I liked", "\\ud800", ":1: a text has half of a surrogate pair")]
    [InlineData("llm/gpt-4.jsonl", "\"tokens\":20", "\"tokens\":20000000000", ":1: 20000000000 is out of range")]
    [InlineData("llm/gpt-4.jsonl", "\"gpt-4\"", "\"gpt-5\"", ":1: a reply of `gpt-5` in the file of `gpt-4`")]
    [InlineData("dataset.yaml", "format: 1", "format: 2", ":1:9: format 2 is of a later version of the workbench, this one reads 1")]
    [InlineData("dataset.yaml", "format: 1\n", "", ":1:1: the key `format` is missing")]
    [InlineData("dataset.yaml", "synthetic: false", "syntetic: false", ":3:1: there is no key `syntetic`; did you mean `synthetic`?")]
    [InlineData("dataset.yaml", "synthetic: false", "synthetic: no", ":3:12: `synthetic` must be true or false, not `no`")]
    [InlineData("dataset.yaml", "  items: 2", "  itmes: 2", ":9:3: there is no key `itmes`; did you mean `items`?")]
    [InlineData("dataset.yaml", "  items: 2", "\titems: 2", ":9:1: a tab indents the line: use spaces")]
    [InlineData("dataset.yaml", "synthetic: false", "name: b", ":3:1: not valid YAML: Duplicate key name")]
    [InlineData("dataset.yaml", "  items: 2", "  items: 3", ": it says 3 items, the files hold 2")]
    [InlineData("dataset.yaml", "fingerprint: ", "fingerprint: a", ": the files' content has the fingerprint ")]
    public void A_changed_text_is_refused_in_one_line(string file, string text, string replacement, string expected)
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        string path = folder[file];
        string before = File.ReadAllText(path);
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(path, before.Replace(text, replacement, StringComparison.Ordinal));
        RequireOneLine(folder, Path.GetFileName(path) + expected);
    }

    /// <summary>Several threads read files at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Of_several_damaged_files_the_same_one_is_told_whatever_the_threads(int threads)
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        string[] files = [DatasetFiles.Interactions, DatasetFiles.Items, DatasetFiles.Manifest];
        foreach (string file in files)
        {
            File.WriteAllText(folder[file], "no such content");
            for (int round = 0; round < 20; round++)
            {
                UserErrorException error = Assert.Throws<UserErrorException>(() => Disk.Read(folder, threads: threads));
                Assert.Contains(file, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("interactions.csv", "m1", ":3: byte 0xFF at column 6 is not valid UTF-8")]
    [InlineData("items.csv", "Solaris", ":3: byte 0xFF at column 5 is not valid UTF-8")]
    [InlineData("conversations.jsonl", "liked", ":1: byte 0xFF at column ")]
    [InlineData("dataset.yaml", "small", ":2: byte 0xFF at column 9 is not valid UTF-8")]
    public void A_byte_that_is_no_UTF8_is_refused(string file, string text, string expected)
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        byte[] bytes = File.ReadAllBytes(folder[file]);
        bytes[bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) + 1] = 0xFF;
        File.WriteAllBytes(folder[file], bytes);
        RequireOneLine(folder, file + expected);
    }

    [Theory]
    [InlineData("interactions.csv")]
    [InlineData("items.csv")]
    [InlineData("dataset.yaml")]
    public void An_empty_file_is_refused(string file)
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        File.WriteAllBytes(folder[file], []);
        RequireOneLine(folder, file);
    }

    [Theory]
    [InlineData("interactions.csv")]
    [InlineData("items.csv")]
    [InlineData("conversations.jsonl")]
    [InlineData("dataset.yaml")]
    public void A_missing_file_is_refused(string file)
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        File.Delete(folder[file]);
        RequireOneLine(folder, file + ": the file is missing");
    }

    [Fact]
    public void A_missing_folder_is_refused()
    {
        using var folder = new TemporaryFolder();
        string missing = folder["nowhere"];
        var error = Assert.Throws<UserErrorException>(() => DatasetReader.Read(missing, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(missing + ": there is no such folder", error.Message);
    }

    [Theory]
    [InlineData("conversations.jsonl", "1 conversations, the files hold 0")]
    [InlineData("llm/gpt-4.jsonl", "1 replies, the files hold 0")]
    [InlineData("interactions.csv", "2 interactions, the files hold 1")]
    public void A_file_that_lost_its_last_lines_is_refused(string file, string expected)
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        string[] lines = File.ReadAllLines(folder[file]);
        File.WriteAllLines(folder[file], lines[..^1]);
        RequireOneLine(folder, "dataset.yaml: it says " + expected);
    }

    [Fact]
    public void A_gzip_file_cut_short_or_changed_is_refused()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Large(50, 40), folder, compress: true);
        string path = folder["interactions.csv.gz"];
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length += 1 + (whole.Length / 23))
        {
            File.WriteAllBytes(path, whole[..length]);
            RequireOneLine(folder, "");
        }

        for (int at = 0; at < whole.Length; at += 1 + (whole.Length / 23))
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            File.WriteAllBytes(path, changed);
            if (Record.Exception(() => Disk.Read(folder, cache: false)) is { } error)
                Assert.IsType<UserErrorException>(error);
        }
    }

    [Fact]
    public void Both_forms_of_the_interactions_are_refused()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        File.Copy(folder["interactions.csv"], folder["interactions.csv.gz"]);
        RequireOneLine(folder, ": there are both interactions.csv and interactions.csv.gz: remove one");
    }

    [Fact]
    public void Bad_rows_are_skipped_and_counted_on_request()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        File.AppendAllText(folder["interactions.csv"], "x:1,m9,1,1\nx:1,m1,1\nx:1,m1,5,99\n");
        File.AppendAllText(folder["items.csv"], "m3,short\n");
        File.AppendAllText(folder["conversations.jsonl"], "{\"turn\":\n");
        DatasetReading reading = Disk.Read(folder, skip: true);
        SameDataset.Assert(RoundTripTests.Small(), reading.Dataset);
        Assert.Equal(5, reading.SkippedRows);
        Assert.Equal(5, reading.Notes.Count);
        Assert.Contains(reading.Notes, note => note.EndsWith("interactions.csv:5: 3 columns instead of 4 (user,item,rating,timestamp)", StringComparison.Ordinal));
        Assert.Equal(CacheUse.None, reading.Cache);
        Assert.False(Directory.Exists(folder[".cache"]) && Directory.EnumerateFiles(folder[".cache"]).Any());
    }

    [Fact]
    public void The_line_is_right_in_a_file_of_many_blocks_and_does_not_depend_on_threads()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Large(6000, 101), folder);
        string[] lines = File.ReadAllLines(folder["interactions.csv"]);
        Assert.True(new FileInfo(folder["interactions.csv"]).Length > 1 << 22);
        lines[^5] += "x";
        lines[^3] = "";
        File.WriteAllLines(folder["interactions.csv"], lines);
        foreach (int threads in new[] { 1, 2, 4 })
        {
            var error = Assert.Throws<UserErrorException>(() => Disk.Read(folder, threads: threads));
            Assert.Equal(lines.Length - 4, error.Line);
        }
    }

    [Fact]
    public void Replies_to_unknown_turns_are_noted()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small() with { Turns = [] }, folder);
        Assert.Equal(["1 of 1 replies of gpt-4 answer turns that are not in conversations.jsonl"], Disk.Read(folder).Notes);
    }

    private static void RequireOneLine(TemporaryFolder folder, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => Disk.Read(folder));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
    }
}
