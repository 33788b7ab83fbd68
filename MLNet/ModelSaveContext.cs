namespace Microsoft.ML;

/// <summary>What a model is written to. Only the library's own transformers can write: there is no public way in.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal ModelSaveContext(BinaryWriter writer) => Writer = writer;

    internal BinaryWriter Writer { get; }

    /// <inheritdoc/>
    public void Dispose() => Writer.Dispose();
}
