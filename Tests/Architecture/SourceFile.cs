namespace Tests.Architecture;

/// <summary>A file of the repository that somebody wrote.</summary>
/// <param name="Path">relative to the root, with slashes</param>
/// <param name="Text">all of it</param>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly Lazy<string> Found = new(FindRoot);

    /// <summary>The repository: the folder of Workbench.sln above the tests.</summary>
    public static string Root => Found.Value;

    public IEnumerable<string> Lines => Text.Split('\n');

    /// <summary>Files of an ending, without what builds leave and what is hidden.</summary>
    public static IEnumerable<SourceFile> All(params string[] endings) => In(new DirectoryInfo(Root))
        .Where(file => endings.Contains(file.Extension))
        .Select(file => new SourceFile(System.IO.Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)))
        .OrderBy(file => file.Path, StringComparer.Ordinal);

    /// <summary>The lines that hold one of the texts, as <c>path:line: text</c>.</summary>
    public IEnumerable<string> LinesWith(params string[] texts) => Lines
        .Select((line, i) => (line, i))
        .Where(numbered => texts.Any(text => numbered.line.Contains(text, StringComparison.Ordinal)))
        .Select(numbered => $"{Path}:{numbered.i + 1}: {numbered.line.Trim()}");

    private static IEnumerable<FileInfo> In(DirectoryInfo folder) => folder.EnumerateFiles().Concat(
        folder.EnumerateDirectories().Where(inner => inner.Name is not ("bin" or "obj") && !inner.Name.StartsWith('.')).SelectMany(In));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Workbench.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"There is no Workbench.sln above {AppContext.BaseDirectory}: the tests run within the repository.");
    }
}
