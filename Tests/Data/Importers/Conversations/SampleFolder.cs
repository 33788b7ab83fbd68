using System.Text;
using Data.Importers;

namespace Tests.Data.Importers.Conversations;

/// <summary>A folder of invented conversations that goes away again.</summary>
internal sealed class SampleFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conversations-");

    public string Folder => _folder.FullName;

    public SampleFolder With(string name, params string[] lines)
    {
        File.WriteAllText(Path.Combine(Folder, name), string.Join('\n', lines) + "\n", new UTF8Encoding(false));
        return this;
    }

    public SampleFolder WithBytes(string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), content);
        return this;
    }

    public SampleFolder Without(string name)
    {
        File.Delete(Path.Combine(Folder, name));
        return this;
    }

    public ConversationSource Open(bool skipBadRows = false) =>
        ConversationImporter.Open(Folder, new ConversationImportOptions { SkipBadRows = skipBadRows }, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Delete(recursive: true);
}
