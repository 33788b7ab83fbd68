using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where everything starts: the catalogues of operations, the seed and the log.</summary>
public sealed class MLContext : IHostEnvironment
{
    /// <summary>A context whose random choices are fixed by a seed; without one they are not.</summary>
    public MLContext(int? seed = null)
    {
        Seed = seed;
        Data = new(this);
        Model = new();
        Transforms = new();
    }

    /// <summary>Messages of components.</summary>
    public event EventHandler<LoggingEventArgs>? Log;

    /// <summary>Views.</summary>
    public DataOperationsCatalog Data { get; }

    /// <summary>Models.</summary>
    public ModelOperationsCatalog Model { get; }

    /// <summary>Transforms.</summary>
    public TransformsCatalog Transforms { get; }

    internal int? Seed { get; }

    internal void Write(ChannelMessageKind kind, string source, string message) => Log?.Invoke(this, new(message, kind, source));
}
