using Data.Importers;

namespace Tests.Data.Importers.Conversations;

/// <summary>The published datasets, which stay outside the repository.</summary>
internal static class RealData
{
    public static string Folder()
    {
        string? folder = Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA");
        Assert.SkipUnless(folder is not null, "WORKBENCH_TEST_DATA is not set: it names the folder with the published datasets");
        return folder!;
    }

    public static ConversationSource Open(string name) =>
        ConversationImporter.Open(Path.Combine(Folder(), name), cancellation: TestContext.Current.CancellationToken);
}
