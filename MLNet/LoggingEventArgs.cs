using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A message to the listeners of <see cref="MLContext.Log"/>.</summary>
public class LoggingEventArgs : EventArgs
{
    /// <summary>A message of a kind from a component.</summary>
    public LoggingEventArgs(string message, ChannelMessageKind kind, string source)
    {
        (RawMessage, Kind, Source) = (message, kind, source);
        Message = $"[Source={source}, Kind={kind}] {message}";
    }

    /// <summary>The component.</summary>
    public string Source { get; }

    /// <summary>The kind.</summary>
    public ChannelMessageKind Kind { get; }

    /// <summary>The message with source and kind before it.</summary>
    public string Message { get; }

    /// <summary>The message alone.</summary>
    public string RawMessage { get; }
}
