using System.Reflection;

namespace Trainers.Options;

/// <summary>Marks the option that says how long a training is, in epochs: successive halving cuts there.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TrainingLengthAttribute : Attribute
{
    /// <summary>The C# name of another option, which must be <see cref="Is"/> for this one to be the length.</summary>
    public string? When { get; init; }

    /// <summary>Value of the option <see cref="When"/>.</summary>
    public object? Is { get; init; }

    /// <summary>
    /// The steps themselves depend on the length, by a learning rate that falls over it: a training that is cut short is the beginning of the long one
    /// only if it was told the long one's length.
    /// </summary>
    public bool Shapes { get; init; }
}

/// <summary>How long a method with given options trains.</summary>
/// <param name="Option">which says so</param>
/// <param name="Epochs">its value</param>
/// <param name="Shapes">see <see cref="TrainingLengthAttribute.Shapes"/></param>
public sealed record TrainingLength(OptionSpec Option, int Epochs, bool Shapes)
{
    /// <summary>Null for a method that does not train in epochs, or not with these options.</summary>
    public static TrainingLength? Of(object options)
    {
        Type type = options.GetType();
        foreach (OptionSpec spec in OptionSpecs.Of(type))
        {
            if (spec.Property.GetCustomAttribute<TrainingLengthAttribute>() is { } length
                && (length.When is not { } other || Equals(type.GetProperty(other)!.GetValue(options), length.Is))
                && spec.Get(options) is int epochs)
                return new TrainingLength(spec, epochs, length.Shapes);
        }

        return null;
    }
}
