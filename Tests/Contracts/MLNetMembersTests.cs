using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace Tests.Contracts;

/// <summary>
/// MLNet/README.md lists every public member of the bundled contract. With the bundled contract the list must be exact;
/// with the genuine packages each listed member must be there.
/// </summary>
public sealed class MLNetMembersTests
{
    private const string Start = "```text\n", End = "```\n";

    private static bool IsBundled => typeof(MLContext).Assembly.GetName().Name == "Workbench.MLNet";

    [Fact]
    public void The_readme_lists_the_public_members()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contracts", "MLNet.README.md"));
        int start = readme.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        string listed = readme[start..readme.IndexOf(End, start, StringComparison.Ordinal)];

        if (IsBundled)
        {
            string actual = PublicMembers.Of(typeof(MLContext).Assembly.GetExportedTypes());
            Assert.True(listed == actual, $"The list in MLNet/README.md should be:\n{actual}");
            return;
        }

        Assert.Empty(Absent(listed));
    }

    [Fact]
    public void Nothing_is_bundled_outside_of_the_genuine_namespaces()
    {
        string[] namespaces =
        [
            "Microsoft.Data.Analysis", "Microsoft.ML", "Microsoft.ML.Data", "Microsoft.ML.Runtime", "Microsoft.ML.Trainers",
            "Microsoft.ML.Trainers.Recommender", "Microsoft.ML.Transforms",
        ];
        Assert.SkipUnless(IsBundled, "the genuine packages are in use");
        Assert.All(typeof(MLContext).Assembly.GetExportedTypes(), type => Assert.Contains(type.Namespace, namespaces));
    }

    // Members of the list that the genuine assemblies lack; a line that does not start with a blank names a type.
    private static List<string> Absent(string listed)
    {
        Type[] starts = [typeof(IDataView), typeof(ITransformer), typeof(MLContext), typeof(ColumnCopyingEstimator), typeof(CustomMappingCatalog), typeof(DataFrame)];
        Dictionary<string, Type> types = starts.Select(type => type.Assembly).Distinct()
            .SelectMany(assembly => assembly.GetExportedTypes())
            .GroupBy(PublicMembers.FullName)
            .ToDictionary(group => group.Key, group => group.First());

        var absent = new List<string>();
        HashSet<string> members = [];
        foreach (string line in listed.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == ' ')
            {
                if (!members.Contains(line.Trim()))
                    absent.Add(line);
                continue;
            }

            string name = types.Keys.Where(key => line.Contains($" {key}", StringComparison.Ordinal)).OrderByDescending(key => key.Length).FirstOrDefault("");
            members = types.TryGetValue(name, out Type? type) ? [.. PublicMembers.Members(type, inherited: true)] : [];
            if (type is null || PublicMembers.Header(type) != line)
                absent.Add(line);
        }

        return absent;
    }
}
