using System.Text;
using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

/// <summary>Files on disk, and bytes that are no text.</summary>
public sealed class ExperimentFileReadTests : IDisposable
{
    private const string Good = "name: x\r\ntask: conversation\r\ndataset: { path: linked }\r\nbaselines: [random]\r\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("experiments");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Error(byte[] bytes) => Assert.Single(Read(bytes).Errors).ToString()[(_folder.FullName.Length + 1)..];

    private ExperimentFileResult Read(byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, "experiments.yaml");
        File.WriteAllBytes(path, bytes);
        return ExperimentFile.Read(path, [], TestCatalogs.All);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_fine()
    {
        Experiment experiment = Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)]).Require();
        Assert.Equal(Path.Combine(_folder.FullName, "linked"), experiment.Dataset.Path);
    }

    [Fact]
    public void Places_do_not_depend_on_line_ends() =>
        Assert.StartsWith("experiments.yaml:5:7: `jobs` must be", Error(Encoding.UTF8.GetBytes(Good + "jobs: x\r\n")), StringComparison.Ordinal);

    [Fact]
    public void A_byte_that_is_not_UTF8_is_reported_with_its_place() => Assert.Equal(
        "experiments.yaml:2:14: the byte 0xE9 is not UTF-8: save the file as UTF-8",
        Error([.. "name: x\n# a comment: "u8, 0xE9, (byte)'\n']));

    [Fact]
    public void UTF16_is_named() => Assert.Equal("experiments.yaml:1:1: the file is UTF-16: save it as UTF-8", Error([0xFF, 0xFE, (byte)'n', 0]));

    [Fact]
    public void A_binary_file_is_refused() =>
        Assert.Equal("experiments.yaml:1:3: the control character U+0003 is not allowed: is this a text file?", Error([(byte)'P', (byte)'K', 3, 4, 0, 0]));

    [Fact]
    public void A_huge_file_is_refused() =>
        Assert.Equal("experiments.yaml:1:1: the file is larger than 1 MB: is it an experiment file?", Error(new byte[3_000_000]));

    [Fact]
    public void A_missing_file_is_one_line()
    {
        string path = Path.Combine(_folder.FullName, "none", "x.yaml");
        Assert.Equal($"{path}: there is no such file; `workbench init` writes one to begin with", Assert.Single(ExperimentFile.Read(path, [], TestCatalogs.All).Errors).ToString());
    }

    [Fact]
    public void A_folder_is_one_line() =>
        Assert.Equal($"{_folder.FullName}: this is a folder: give the experiment file in it", Assert.Single(ExperimentFile.Read(_folder.FullName, [], TestCatalogs.All).Errors).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_name_that_no_file_can_have_is_one_line(string path) =>
        Assert.Contains("it cannot be read", Assert.Single(ExperimentFile.Read(path, [], TestCatalogs.All).Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void What_is_required_throws_all_lines()
    {
        var exception = Assert.Throws<global::Trainers.UserErrorException>(() => Read("name: X\ntask: x\n"u8.ToArray()).Require());
        Assert.Equal(4, exception.Message.Split('\n').Length);
    }

}
