namespace Microsoft.ML;

/// <summary>Names of an output column and of its input column; the same, if only one is given.</summary>
public sealed class InputOutputColumnPair
{
    /// <summary>Of names.</summary>
    public InputOutputColumnPair(string outputColumnName, string? inputColumnName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName ?? outputColumnName;
    }

    /// <summary>The input column.</summary>
    public string InputColumnName { get; }

    /// <summary>The output column.</summary>
    public string OutputColumnName { get; }
}
