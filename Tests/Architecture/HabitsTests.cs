using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tests.Architecture;

/// <summary>Rules of the sources that no compiler knows.</summary>
public sealed partial class HabitsTests
{
    private const int MostLines = 400;

    /// <summary>Programs whose output the genuine ML.NET printed are kept as they were compiled there.</summary>
    private const string Copies = "Tests/Contracts/MLNetConformance/";

    // Not preceded by what would make it a part of a longer path or address.
    [GeneratedRegex(@"(?<![\w.}>*~:/)-])/(home|work|root|Users|mnt|tmp|var|opt)/\w|\b[A-Z]:\\\\?\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^(?!\s*(//|\*)).*\bunsa" + @"fe\b[^""]*$")]
    private static partial Regex Pointers();

    private static IEnumerable<string> LinesOf(IEnumerable<SourceFile> files, Regex pattern) => files.SelectMany(file => file.Lines
        .Select((line, i) => (line, i))
        .Where(numbered => pattern.IsMatch(numbered.line))
        .Select(numbered => $"{file.Path}:{numbered.i + 1}: {numbered.line.Trim()}"));

    [Fact]
    public void The_sources_are_found()
    {
        string[] paths = [.. SourceFile.All(".cs").Select(file => file.Path)];
        Assert.Contains("Workbench/Pipeline.cs", paths);
        Assert.Contains("Tests/Architecture/HabitsTests.cs", paths);
        Assert.True(paths.Length > 300);
    }

    [Fact]
    public void No_file_is_longer_than_400_lines() => Assert.Empty(SourceFile.All(".cs")
        .Where(file => !file.Path.StartsWith(Copies, StringComparison.Ordinal) && file.Text.TrimEnd('\n').Split('\n').Length > MostLines)
        .Select(file => file.Path));

    [Fact]
    public void Intrinsics_and_pointers_are_kernels_only()
    {
        IEnumerable<SourceFile> others = SourceFile.All(".cs").Where(file => !file.Path.Contains("Kernels/", StringComparison.Ordinal));
        Assert.Empty(others.Where(file => !file.Path.StartsWith("Tests/Architecture/", StringComparison.Ordinal)).SelectMany(file => file.LinesWith("System.Runtime.Intrinsics")));
        Assert.Empty(LinesOf(others, Pointers()));
        Assert.NotEmpty(SourceFile.All(".cs").Where(file => file.Path.StartsWith("Trainers/Kernels/", StringComparison.Ordinal)).SelectMany(file => file.LinesWith("System.Runtime.Intrinsics")));
    }

    [Fact]
    public void Projects_refer_to_each_other_in_one_direction()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["MLNet"] = [],
            ["Evaluation"] = [],
            ["Trainers"] = ["MLNet"],
            ["Baselines"] = ["Trainers"],
            ["Data"] = ["MLNet", "Trainers", "Evaluation"],
            ["Workbench"] = ["MLNet", "Data", "Trainers", "Baselines", "Evaluation"],
            ["MLNetConformance"] = ["MLNet"],
        };
        SourceFile[] projects = [.. SourceFile.All(".csproj")];
        foreach (SourceFile project in projects)
        {
            string name = Path.GetFileNameWithoutExtension(project.Path);
            string[] referred = [.. XDocument.Parse(project.Text).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];
            if (name is "Tests" or "Benchmarks")
                continue;
            Assert.True(allowed.ContainsKey(name), $"{project.Path} is new: say here what it may refer to");
            Assert.Empty(referred.Except(allowed[name]).Select(other => $"{name} -> {other}"));
        }

        Assert.Superset(allowed.Keys.ToHashSet(), projects.Select(project => Path.GetFileNameWithoutExtension(project.Path)).ToHashSet());
    }

    [Fact]
    public void Of_the_trainers_only_the_one_that_is_ML_NETs_own_knows_ML_NET()
    {
        string[] users = [.. SourceFile.All(".cs")
            .Where(file => file.Path.StartsWith("Trainers/", StringComparison.Ordinal) && file.Text.Contains("using Microsoft.ML", StringComparison.Ordinal))
            .Select(file => file.Path)];
        Assert.Equal(["Trainers/Libmf/LibmfFactorization.cs"], users);
    }

    [Fact]
    public void Files_are_named_for_an_idea() =>
        Assert.DoesNotMatch("(?im)(Utils?|Helpers?|Common|Manager)\\.cs$", string.Join('\n', SourceFile.All(".cs").Select(file => file.Path)));

    [Fact]
    public void Nothing_is_unsupported_but_what_a_base_class_asks_for_in_vain()
    {
        string[] places =
        [
            "MLNet/", "Tests/", // the public API as it is, and what tests of it expect
            "Workbench/MlNet/RowToRowTransformer.cs", // ITransformer.Save: its writer is internal
            "Workbench/MlNet/SchemaShapes.cs", // a view without rows
            "Data/Storage/ReadOnlyStream.cs", // streams that only read
            "Data/Storage/HashedStream.cs", // a stream that only writes
        ];
        Assert.Empty(SourceFile.All(".cs").Where(file => !places.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal)))
            .SelectMany(file => file.LinesWith("new NotSupportedException", "new NotImplementedException")));
    }

    [Fact]
    public void Nothing_is_left_to_be_done_later() => Assert.Empty(LinesOf(SourceFile.All(".cs", ".csproj", ".yaml", ".md", ".props"), Unfinished()));

    [Fact]
    public void No_file_names_a_place_of_some_machine()
    {
        IEnumerable<SourceFile> files = SourceFile.All(".cs", ".csproj", ".yaml", ".md", ".props", ".targets", ".sln");
        string[] places =
        [
            "Tests/Architecture/",
            "docs/cluster.md", "Tests/Workbench/Cluster/ClusterPageTests.cs", // a fresh Debian machine: its packages' folders are the same everywhere
        ];
        Assert.Empty(LinesOf(files.Where(file => !places.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal))), MachinePath()));
    }

    [Theory]
    [InlineData("path: /home/ann/data", true)]
    [InlineData("var x = \"C:\\\\data\";", true)]
    [InlineData("https://example.invalid/work/x", false)]
    [InlineData("see Tests/tmp/x", false)]
    public void The_fence_knows_such_a_place(string line, bool place) => Assert.Equal(place, MachinePath().IsMatch(line));

    [Fact]
    public void A_namespace_is_its_folder()
    {
        // MLNet has the namespaces of the API that it stands for.
        foreach (SourceFile file in SourceFile.All(".cs").Where(file => !file.Path.StartsWith("MLNet/", StringComparison.Ordinal) && !file.Path.StartsWith(Copies, StringComparison.Ordinal)))
        {
            Match declared = Regex.Match(file.Text, @"(?m)^namespace ([\w.]+);");
            if (declared.Success)
                Assert.Equal((file.Path, Path.GetDirectoryName(file.Path)!.Replace('/', '.')), (file.Path, declared.Groups[1].Value));
        }
    }
}
