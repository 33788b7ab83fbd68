using Data;
using Data.Storage;
using Trainers;

namespace Tests.Data.Storage;

public class InterruptionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cancelled_write_leaves_nothing(bool compress)
    {
        using var folder = new TemporaryFolder();
        LinkedDataset dataset = RoundTripTests.Large(4000, 101);
        using var cancellation = new CancellationTokenSource();
        var progress = new Told(_ => cancellation.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() =>
            DatasetWriter.Write(dataset, folder["a", "b"], new DatasetWriteOptions(compress, 2), progress, cancellation.Token));
        Assert.True(progress.Count > 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_cancelled_write_over_a_dataset_leaves_that_dataset()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        string[] before = folder.Files();
        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => DatasetWriter.Write(
            RoundTripTests.Large(4000, 101), folder.Path, null, new Told(_ => cancellation.Cancel()), cancellation.Token));
        Assert.Equal(before, folder.Files());
        SameDataset.Assert(RoundTripTests.Small(), Disk.Read(folder).Dataset);
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        LinkedDataset dataset = RoundTripTests.Small();
        LinkedDataset wrong = dataset with { Replies = new Dictionary<string, IReadOnlyList<LlmReply>> { ["gpt-5"] = dataset.Replies["gpt-4"] } };
        var error = Assert.Throws<UserErrorException>(() => Disk.Write(wrong, folder));
        Assert.Contains("stands among those of `gpt-5`", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void What_a_killed_process_left_is_no_dataset_and_is_cleared_by_the_next_write()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder[".writing"]);
        File.WriteAllText(folder[".writing", "interactions.csv"], "user,it");
        File.WriteAllText(folder[".writing", "lock"], "");
        Assert.Contains("the file is missing", Assert.Throws<UserErrorException>(() => Disk.Read(folder)).Message, StringComparison.Ordinal);
        Disk.Write(RoundTripTests.Small(), folder);
        SameDataset.Assert(RoundTripTests.Small(), Disk.Read(folder).Dataset);
        Assert.False(Directory.Exists(folder[".writing"]));
    }

    [Fact]
    public void Two_writers_of_one_folder_are_kept_apart()
    {
        using var folder = new TemporaryFolder();
        using (var first = new StagedFolder(folder.Path))
        {
            using FileStream file = first.Create("items.csv");
            var error = Assert.Throws<UserErrorException>(() => Disk.Write(RoundTripTests.Small(), folder));
            Assert.Contains("another process is writing this dataset", error.Message, StringComparison.Ordinal);
            Assert.True(File.Exists(folder[".writing", "items.csv"]));
        }

        Assert.Empty(folder.Files());
    }

    [Fact]
    public void A_folder_that_cannot_be_written_gives_one_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        List<string> places = [folder["file"], folder["file", "below"]];
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            places.Add("/proc/workbench"); // refuses root as well
        }
        else if (!OperatingSystem.IsWindows())
        {
            places.Add(Directory.CreateDirectory(folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName);
        }

        foreach (string place in places)
        {
            var error = Assert.Throws<UserErrorException>(() => DatasetWriter.Write(RoundTripTests.Small(), place, cancellation: TestContext.Current.CancellationToken));
            Assert.StartsWith(place + ": cannot write the dataset: ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cancelled_reading_leaves_no_cache(bool compress)
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Large(6000, 101), folder, compress);
        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            DatasetReader.Read(folder.Path, null, new Told(_ => cancellation.Cancel()), cancellation.Token));
        Assert.Empty(Directory.EnumerateFiles(folder[".cache"]));
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_written()
    {
        using var folder = new TemporaryFolder();
        LinkedDataset dataset = RoundTripTests.Small();
        LinkedDataset[] wrong =
        [
            dataset with { Items = [dataset.Items[0], dataset.Items[0]] },
            dataset with { Items = [dataset.Items[0], dataset.Items[1] with { Id = "a\nb" }] },
            dataset with { Items = [dataset.Items[0], dataset.Items[1] with { Genres = ["a|b"] }] },
            dataset with { Items = [dataset.Items[0], dataset.Items[1] with { Title = "\uD800" }] },
            dataset with { Items = [dataset.Items[0], dataset.Items[1] with { More = new Dictionary<string, string> { ["year"] = "1" } }] },
            dataset with { Users = [""] },
            dataset with { Ratings = new Interactions(1, 2, [0, 2], [1, 1], [1, 1], [7, 9]) },
            dataset with { Ratings = new Interactions(1, 2, [0, 2], [1, 0], [1, float.PositiveInfinity], [7, 9]) },
            dataset with { Turns = [dataset.Turns[0], dataset.Turns[0]] },
            dataset with { Turns = [dataset.Turns[0], dataset.Turns[0] with { Id = "t2", Split = Split.Train }] },
        ];
        foreach (LinkedDataset one in wrong)
            Assert.Throws<UserErrorException>(() => Disk.Write(one, folder));
        Assert.Throws<ArgumentException>(() => Disk.Write(dataset with { Turns = [dataset.Turns[0] with { Targets = [2] }] }, folder));
        Assert.Throws<ArgumentException>(() => Disk.Write(dataset with { Users = ["a", "b"] }, folder));
        Assert.Throws<ArgumentException>(() => Disk.Write(dataset with { Ratings = new Interactions(1, 2, [0, 2], [1, 0], [1, 1], [9, 7]) }, folder));
        Assert.Empty(folder.Files());
    }

    private sealed class Told(Action<DatasetProgress> tell) : IProgress<DatasetProgress>
    {
        public int Count { get; private set; }

        public void Report(DatasetProgress value)
        {
            Count++;
            tell(value);
        }
    }
}
