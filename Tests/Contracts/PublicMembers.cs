using System.Globalization;
using System.Reflection;

namespace Tests.Contracts;

/// <summary>The public API of types as text: one line per type, one per member, in the manner of C#.</summary>
internal static class PublicMembers
{
    private const BindingFlags Visible = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(sbyte)] = "sbyte", [typeof(byte)] = "byte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
    };

    /// <summary>The types by full name, each with its own members.</summary>
    public static string Of(IEnumerable<Type> types) => string.Concat(types
        .OrderBy(FullName, StringComparer.Ordinal)
        .Select(type => $"{Header(type)}\n{string.Concat(Members(type, inherited: false).Select(member => $"  {member}\n"))}"));

    public static string FullName(Type type) => $"{type.Namespace}.{Name(type)}";

    /// <summary>Members that others can call or override, without those that only override.</summary>
    public static IEnumerable<string> Members(Type type, bool inherited)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return [Method(type.GetMethod("Invoke")!)];
        if (type.IsEnum)
            return [string.Join(", ", Enum.GetNames(type).Select(name => $"{name} = {Enum.Format(type, Enum.Parse(type, name), "d")}"))];

        return type.GetMembers(inherited ? Visible : Visible | BindingFlags.DeclaredOnly)
            .Select(member => Member(member, inherited))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    public static string Header(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        Type? parent = type.BaseType;
        bool plain = parent is null || parent == typeof(object) || parent == typeof(ValueType) || parent == typeof(Enum) || parent == typeof(MulticastDelegate);
        return $"{kind} {FullName(type)}{(plain ? "" : $" : {Name(parent!)}")}";
    }

    private static string? Member(MemberInfo member, bool inherited) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) => Modifier(constructor) + Simple(constructor.DeclaringType!) + Parameters(constructor),
        MethodInfo { IsSpecialName: false } method when IsVisible(method) && (inherited || method.GetBaseDefinition() == method) =>
            Modifier(method) + Method(method),
        PropertyInfo property when property.GetAccessors(nonPublic: true) is var accessors && accessors.Any(IsVisible)
            && (inherited || accessors[0].GetBaseDefinition() == accessors[0]) => Property(property),
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily =>
            $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}",
        EventInfo e when IsVisible(e.AddMethod!) => $"event {Name(e.EventHandlerType!)} {e.Name}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.Name.Contains('<', StringComparison.Ordinal);

    private static string Modifier(MethodBase method) =>
        (method.IsPublic ? "" : "protected ")
        + (method.DeclaringType!.IsInterface ? "" : method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "");

    private static string Method(MethodInfo method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Name(method.ReturnType)} {method.Name}{arguments}{Parameters(method)}";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo first = property.GetAccessors(nonPublic: true).First(IsVisible);
        string index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
        string accessors = string.Concat(new[] { (property.GetMethod, "get; "), (property.SetMethod, "set; ") }
            .Where(accessor => accessor.Item1 is { } method && IsVisible(method))
            .Select(accessor => (accessor.Item1!.IsPublic || !first.IsPublic ? "" : "protected ") + accessor.Item2));
        return $"{Modifier(first)}{Name(property.PropertyType)} {(index.Length > 0 ? $"this[{index}]" : property.Name)} {{ {accessors}}}";
    }

    private static string Parameters(MethodBase method)
    {
        bool extension = method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute), inherit: false);
        return $"({(extension ? "this " : "")}{string.Join(", ", method.GetParameters().Select(Parameter))})";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string passing = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "";
        string given = parameter.HasDefaultValue ? $" = {Default(parameter)}" : "";
        return $"{passing}{Name(parameter.ParameterType)} {parameter.Name}{given}";
    }

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType is { IsValueType: true } or { IsGenericParameter: true } && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
        bool value => value ? "true" : "false",
        char value => $"'{value}'",
        Enum value => $"{Name(value.GetType())}.{value}",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString()!,
    };

    private static string Simple(Type type) => type.Name.Split('`')[0];

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (s_keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Name(value)}?";

        // The arguments of a nested type include those of the types around it.
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string[] arguments = [.. type.GetGenericArguments().Skip(outer).Select(Name)];
        string name = Simple(type) + (arguments.Length > 0 ? $"<{string.Join(", ", arguments)}>" : "");
        return type.IsNested ? $"{Name(type.DeclaringType!)}.{name}" : name;
    }
}
