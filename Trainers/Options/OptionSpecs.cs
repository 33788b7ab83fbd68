using System.Collections.Concurrent;
using System.Reflection;

namespace Trainers.Options;

/// <summary>The options of a record type, read from its declaration once.</summary>
public static class OptionSpecs
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<OptionSpec>> Known = new();

    private static readonly Type[] Scalars = [typeof(int), typeof(long), typeof(double), typeof(float), typeof(bool), typeof(string)];

    private static readonly Type[] Lists = [typeof(IReadOnlyList<int>), typeof(IReadOnlyList<double>), typeof(IReadOnlyList<string>)];

    /// <summary>The options in the order of declaration, those of base records first.</summary>
    /// <exception cref="InvalidOperationException">The record breaks a rule: an option without a setter, of an unsupported type, with an illegal default, or a public property that is no option.</exception>
    public static IReadOnlyList<OptionSpec> Of(Type options) => Known.GetOrAdd(options, Read);

    /// <summary>The options by name.</summary>
    public static OptionSpec? Find(Type options, string name) => Of(options).FirstOrDefault(spec => spec.Name == name);

    private static List<OptionSpec> Read(Type options)
    {
        object defaults = Activator.CreateInstance(options)!;
        var specs = new List<OptionSpec>();
        foreach (PropertyInfo property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                     .OrderBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken))
        {
            OptionAttribute option = property.GetCustomAttribute<OptionAttribute>()
                ?? throw new InvalidOperationException($"{options.Name}.{property.Name} is public but no [Option].");
            if (property.SetMethod is null)
                throw new InvalidOperationException($"{options.Name}.{property.Name} has no init.");
            Type declared = property.PropertyType;
            Type type = Nullable.GetUnderlyingType(declared) ?? declared;
            if (!Scalars.Contains(type) && !Lists.Contains(type) && !type.IsEnum)
                throw new InvalidOperationException($"{options.Name}.{property.Name} is a {declared}, which no option can be.");
            bool nullable = declared.IsValueType
                ? declared != type
                : new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
            var spec = new OptionSpec(
                OptionName.OfProperty(property.Name), property, type, nullable, property.GetValue(defaults), option.Doc,
                option.Min, option.Max, option.MinExclusive,
                type.IsEnum ? [.. Enum.GetNames(type).Select(name => OptionName.OfMember(name))] : [])
            {
                Search = property.GetCustomAttribute<SearchAttribute>(),
            };
            if (spec.Check(spec.Default) is { } problem)
                throw new InvalidOperationException($"The default of {options.Name}.{property.Name} {problem}.");
            specs.Add(spec);
        }

        return specs;
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
