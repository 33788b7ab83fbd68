using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>A member of a row class, bound to its column.</summary>
internal sealed record RowMember(MemberInfo Member, string ColumnName, DataViewType ColumnType, DataViewSchema.Annotations Annotations)
{
    public Type Type => SchemaDefinition.TypeOf(Member);

    public DataViewSchema.DetachedColumn Detached => new(ColumnName, ColumnType, Annotations);

    /// <summary>A compiled reader of the member; null if it can only be written.</summary>
    public Func<TRow, TValue>? Reader<TRow, TValue>()
    {
        if (Member is PropertyInfo property && property.GetGetMethod() is null)
            return null;
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, Member), row).Compile();
    }

    /// <summary>A compiled writer of the member.</summary>
    public Action<TRow, TValue> Writer<TRow, TValue>()
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow)), value = Expression.Parameter(typeof(TValue));
        return Expression.Lambda<Action<TRow, TValue>>(Expression.Assign(Expression.MakeMemberAccess(row, Member), value), row, value).Compile();
    }
}

/// <summary>The members of a row class under a definition, checked.</summary>
internal static class RowClass
{
    public static IReadOnlyList<RowMember> Bind(Type type, SchemaDefinition? definition, SchemaDefinition.Direction direction)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<RowMember>();
        foreach (SchemaDefinition.Column column in definition ?? SchemaDefinition.Create(type, direction))
        {
            const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
            MemberInfo member = (MemberInfo?)type.GetField(column.MemberName, Public) ?? type.GetProperty(column.MemberName, Public)
                ?? throw new ArgumentOutOfRangeException(nameof(definition), $"{type} has no public member '{column.MemberName}'.");
            string name = column.ColumnName ?? column.MemberName;
            if (!names.Add(name))
                throw new ArgumentOutOfRangeException(nameof(definition), $"Two members of {type} are named '{name}' as columns.");
            if (!MemberTypes.CanHold(SchemaDefinition.TypeOf(member), column.ColumnType))
            {
                throw new ArgumentOutOfRangeException(nameof(definition),
                    $"Member '{column.MemberName}' of {type} is {SchemaDefinition.TypeOf(member)}, which cannot hold {column.ColumnType}.");
            }

            members.Add(new(member, name, column.ColumnType, column.Annotations));
        }

        return members;
    }

    /// <summary>The definition of a class with types and annotations of a ready schema, each of whose columns needs a member.</summary>
    public static SchemaDefinition Define(Type type, DataViewSchema schema)
    {
        SchemaDefinition definition = SchemaDefinition.Create(type, SchemaDefinition.Direction.Read);
        foreach (DataViewSchema.Column column in schema)
        {
            SchemaDefinition.Column member = definition[column.Name]
                ?? throw new InvalidOperationException($"{type} has no member for column '{column.Name}'.");
            member.ColumnType = column.Type;
            member.AddAnnotations(column.Annotations);
        }

        return definition;
    }
}
