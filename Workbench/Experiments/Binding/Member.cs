using System.Collections.Concurrent;
using System.Reflection;
using Trainers.Options;

namespace Workbench.Experiments.Binding;

/// <summary>One key of a record of the file.</summary>
/// <param name="Name">in snake_case</param>
/// <param name="Property">where its value goes</param>
/// <param name="Doc">one sentence</param>
/// <param name="Shape">what its value looks like</param>
/// <param name="IsNullable">the property may be null, which means that the key is not given</param>
/// <param name="Default">the property's initial value</param>
/// <param name="Key">what else was declared of it</param>
internal sealed record Member(string Name, PropertyInfo Property, string Doc, Shape Shape, bool IsNullable, object? Default, KeyAttribute Key)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Member>> Known = new();

    /// <summary>The keys of a record in the order of declaration; those of base records first.</summary>
    public static IReadOnlyList<Member> Of(Type record) => Known.GetOrAdd(record, Read);

    public static bool IsRecord(Type type) => type.IsClass && type != typeof(string)
        && type.GetProperties().Any(property => property.IsDefined(typeof(OptionAttribute)));

    public bool IsNamed(string key) => key == Name || key == Key.Alias;

    private static List<Member> Read(Type record)
    {
        object defaults = Activator.CreateInstance(record)!;
        var nullability = new NullabilityInfoContext();
        return
        [
            .. from property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               let option = property.GetCustomAttribute<OptionAttribute>()
               where option is not null
               orderby Depth(property.DeclaringType!), property.MetadataToken
               let key = property.GetCustomAttribute<KeyAttribute>() ?? new KeyAttribute()
               select new Member(
                   OptionName.OfProperty(property.Name), property, option.Doc, Shape.Of(property, option, key),
                   nullability.Create(property).ReadState == NullabilityState.Nullable, property.GetValue(defaults), key),
        ];
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
