using System.Text.Json;
using Trainers.Options;

namespace Workbench.Search;

/// <summary>Values of the searched options whose conditions hold, in the order of their space. Two with the same text are equal.</summary>
public sealed class Assignment : IEquatable<Assignment>
{
    private readonly KeyValuePair<string, object?>[] _values;

    internal Assignment(IEnumerable<KeyValuePair<string, object?>> values)
    {
        _values = [.. values];
        Text = string.Join(", ", _values.Select(value => $"{value.Key}={Canonical(value.Value)}"));
    }

    /// <summary>By name; whole numbers are <see cref="long"/>, others <see cref="double"/>, choices of their option's type.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values => _values;

    /// <summary>Canonical, e.g. <c>algorithm=bpr, learning_rate=0.05</c>: the same under every culture, different for different values; strings are quoted as in JSON.</summary>
    public string Text { get; }

    /// <summary>False if the option's condition does not hold, or it is not searched.</summary>
    public bool TryGet(string name, out object? value)
    {
        foreach (KeyValuePair<string, object?> one in _values)
        {
            if (one.Key == name)
            {
                value = one.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    public bool Equals(Assignment? other) => other is not null && other.Text == Text;

    public override bool Equals(object? obj) => Equals(obj as Assignment);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static string Canonical(object? value) => value switch
    {
        string text => JsonSerializer.Serialize(text),
        IEnumerable<string> texts => JsonSerializer.Serialize(texts),
        _ => OptionText.Of(value),
    };
}
