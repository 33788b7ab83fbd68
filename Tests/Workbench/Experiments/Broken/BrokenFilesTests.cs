using Workbench.Experiments;
using Workbench.Experiments.Yaml;

namespace Tests.Workbench.Experiments.Broken;

/// <summary>Whatever is broken, somebody is told the line.</summary>
public sealed class BrokenFilesTests
{
    public static TheoryData<string> Names => [.. BrokenFiles.All.Keys];

    private static IReadOnlyList<FileError> Errors(byte[] content)
    {
        ExperimentFileResult result = ExperimentFile.Read(content, new YamlSource("f.yaml", Path.GetFullPath("/data"), 0), [], TestCatalogs.All);
        Assert.Equal(result.Experiment is null, result.Errors.Count > 0);
        return result.Errors;
    }

    [Fact]
    public void There_are_more_than_two_hundred_different_ones()
    {
        Assert.True(BrokenFiles.All.Count > 200);
        Assert.Equal(BrokenFiles.All.Count, BrokenFiles.All.Values.Select(file => Convert.ToBase64String(file.Content)).Distinct().Count());
    }

    [Fact]
    public void The_files_that_they_are_made_from_are_right()
    {
        Assert.Empty(TestCatalogs.Read(ExampleFile.Text).Errors);
        Assert.Empty(TestCatalogs.Read(SearchFile.Text).Errors);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_line_is_told(string name)
    {
        BrokenFile file = BrokenFiles.All[name];
        string[] lines = [.. Errors(file.Content).Select(error => error.ToString())];
        Assert.All(lines, line => Assert.DoesNotContain(line, char.IsControl));
        Assert.All(lines, line => Assert.True(line.Length < 1000, line));
        Assert.True(lines.Any(line => line.StartsWith($"f.yaml:{file.Line}:", StringComparison.Ordinal)), $"line {file.Line} is not in:\n{string.Join('\n', lines)}");
    }
}
