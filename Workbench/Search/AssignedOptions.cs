using System.Globalization;
using Trainers.Options;

namespace Workbench.Search;

/// <summary>Between assignments and options records.</summary>
public static class AssignedOptions
{
    /// <summary>A copy of a record with an assignment's values in it.</summary>
    /// <exception cref="ArgumentException">A value is none of the option's.</exception>
    public static object Of(object options, Assignment assignment)
    {
        object copy = Activator.CreateInstance(options.GetType())!;
        foreach (OptionSpec spec in OptionSpecs.Of(options.GetType()))
            spec.Set(copy, assignment.TryGet(spec.Name, out object? value) ? As(spec.ValueType, value) : spec.Get(options));
        return copy;
    }

    /// <summary>The parameters that can have an effect where the other options are as they are: conditions on these are decided, and gone.</summary>
    /// <param name="parameters">conditions may name any option of the record</param>
    /// <param name="options">the values of what is not searched</param>
    public static IReadOnlyList<SearchParameter> Decide(IReadOnlyList<SearchParameter> parameters, object options)
    {
        List<SearchParameter> left = [.. parameters];
        bool IsSearched(string name) => left.Any(parameter => parameter.Name == name);
        bool Holds(SearchCondition condition) =>
            IsSearched(condition.Option) || condition.Allows(OptionSpecs.Find(options.GetType(), condition.Option)?.Get(options));
        while (left.RemoveAll(parameter => !parameter.Conditions.All(Holds)) > 0)
        {
            // What is gone may have been a condition of what is left.
        }

        return [.. left.Select(parameter => parameter with { Conditions = [.. parameter.Conditions.Where(condition => IsSearched(condition.Option))] })];
    }

    /// <summary>Numbers become the option's type.</summary>
    private static object? As(Type type, object? value) =>
        value is long or double ? Convert.ChangeType(value, type, CultureInfo.InvariantCulture) : value;
}
