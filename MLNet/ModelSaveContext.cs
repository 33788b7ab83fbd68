namespace Microsoft.ML;

/// <summary>What a model is written to. Only the library's own transformers can write: there is no public way in.</summary>
public sealed class ModelSaveContext : IDisposable
{
    private readonly BinaryWriter _writer;

    internal ModelSaveContext(BinaryWriter writer) => _writer = writer;

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>Starts a transformer of a kind: what follows is its own.</summary>
    internal BinaryWriter Begin(byte kind)
    {
        _writer.Write(kind);
        return _writer;
    }
}
