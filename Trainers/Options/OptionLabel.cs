using System.Collections;

namespace Trainers.Options;

/// <summary>A configuration's short name: only what differs from the defaults.</summary>
public static class OptionLabel
{
    /// <summary>E.g. <c>dimension=128, regularization=0.01</c>, in the order of declaration; empty if all are at their defaults.</summary>
    public static string Of(object options) => string.Join(", ", OptionSpecs.Of(options.GetType())
        .Where(spec => !Same(spec.Get(options), spec.Default))
        .Select(spec => $"{spec.Name}={OptionText.Of(spec.Get(options))}"));

    private static bool Same(object? a, object? b) =>
        a is IEnumerable left and not string && b is IEnumerable right
            ? left.Cast<object?>().SequenceEqual(right.Cast<object?>())
            : Equals(a, b);
}
