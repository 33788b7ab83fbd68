namespace Baselines;

/// <summary>A history as a set.</summary>
internal static class History
{
    /// <summary>True if the item at <paramref name="index"/> has not occurred before it. Looks back instead of keeping a set: histories are short.</summary>
    public static bool IsFirst(ReadOnlySpan<int> history, int index) => !history[..index].Contains(history[index]);
}
