using Data.Importers;

namespace Tests.Data.Importers.Conversations;

/// <summary>The published datasets, which stay outside the repository.</summary>
internal static class RealData
{
    public static ConversationSource Open(string name)
    {
        string? folder = Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA");
        Assert.SkipUnless(folder is not null, "WORKBENCH_TEST_DATA is not set: it names the folder with the published datasets");
        return ConversationImporter.Open(Path.Combine(folder!, name), cancellation: TestContext.Current.CancellationToken);
    }
}
