namespace Trainers.Options;

/// <summary>
/// Beside an <see cref="OptionAttribute"/>: the option is worth searching, and here is where. Numbers have bounds, anything has choices.
/// What an experiment searches with <c>auto</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchAttribute : Attribute
{
    /// <summary>Least number, inclusive.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>Greatest number, inclusive.</summary>
    public double High { get; init; } = double.NaN;

    /// <summary>Numbers are spread by their logarithm.</summary>
    public bool Log { get; init; }

    /// <summary>Values of the option's type, null where it can be without; in place of bounds.</summary>
    public object?[]? Choices { get; init; }

    /// <summary>The C# name of another option of the record, which must have one of <see cref="Is"/> for this one to matter.</summary>
    public string? When { get; init; }

    /// <summary>Values of the option <see cref="When"/>.</summary>
    public object?[] Is { get; init; } = [];
}
