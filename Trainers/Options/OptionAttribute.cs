namespace Trainers.Options;

/// <summary>
/// Makes a property of an options record an option: its YAML key, its place in the option tables, its range.
/// The default is the property's initial value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string doc) : Attribute
{
    /// <summary>One sentence for the option table and the schema.</summary>
    public string Doc { get; } = doc;

    /// <summary>Least value, inclusive.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Greatest value, inclusive.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>True if the least value itself is not allowed.</summary>
    public bool MinExclusive { get; init; }
}
