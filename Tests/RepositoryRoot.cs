namespace Tests;

/// <summary>The folder with Workbench.sln, found upward from the test assembly.</summary>
internal static class RepositoryRoot
{
    internal static string Path { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Workbench.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Workbench.sln is in none of the folders above the tests.");
    }
}
