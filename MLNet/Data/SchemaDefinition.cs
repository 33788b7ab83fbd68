using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>How the members of a class are columns: what attributes say, open to changes at run time.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    /// <summary>The definition of the column of a name, null if there is none.</summary>
    public Column? this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.ColumnName != columnName)
                throw new ArgumentOutOfRangeException(nameof(columnName), $"The column is named '{value.ColumnName}', not '{columnName}'.");
            int index = FindIndex(column => column.ColumnName == columnName);
            if (index < 0)
                Add(value);
            else
                this[index] = value;
        }
    }

    /// <summary>The columns of a class: its public fields, then its public properties that can be read or written as asked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A member's type has no column type, or two members have one column name.</exception>
    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        var definition = new SchemaDefinition();
        foreach (MemberInfo member in Members(userType, direction))
        {
            string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            if (definition[name] is not null)
                throw new ArgumentOutOfRangeException(nameof(userType), $"Two members of {userType} are named '{name}' as columns.");
            definition.Add(new(member.Name, ColumnTypeOf(member)) { ColumnName = name });
        }

        return definition;
    }

    internal static Type TypeOf(MemberInfo member) =>
        member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    private static IEnumerable<MemberInfo> Members(Type type, Direction direction)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        IEnumerable<MemberInfo> properties = type.GetProperties(Public).Where(property =>
            property.GetIndexParameters().Length == 0
            && ((direction.HasFlag(Direction.Read) && property.GetGetMethod() is not null)
                || (direction.HasFlag(Direction.Write) && property.GetSetMethod() is not null)));
        return type.GetFields(Public).Concat(properties).Where(member => member.GetCustomAttribute<NoColumnAttribute>() is null);
    }

    private static DataViewType ColumnTypeOf(MemberInfo member)
    {
        Type type = TypeOf(member);
        Type? element = MemberTypes.ElementOf(type);
        VectorTypeAttribute? vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (element is null && vector is not null)
            throw Refused(member, "is one value, which VectorType does not suit");

        PrimitiveDataViewType item = MemberTypes.PrimitiveOf(element ?? type) ?? throw Refused(member, "has no column type");
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            if (!KeyDataViewType.IsValidDataType(item.RawType))
                throw Refused(member, "cannot be a key, which is a byte, ushort, uint or ulong");
            item = new KeyDataViewType(item.RawType, key.KeyCount ?? KeyDataViewType.MaxCount(item.RawType));
        }

        return element is null ? item : new VectorDataViewType(item, vector?.Dims ?? [0]);
    }

    private static ArgumentOutOfRangeException Refused(MemberInfo member, string why) =>
        new("userType", $"Member '{member.Name}' of {member.DeclaringType}, of type {TypeOf(member)}, {why}.");

    /// <summary>Which way values go between member and column.</summary>
    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    /// <summary>How one member is a column.</summary>
    public sealed class Column
    {
        private readonly DataViewSchema.Annotations.Builder _annotations = new();
        private readonly HashSet<string> _kinds = [];

        internal Column(string memberName, DataViewType columnType) => (MemberName, ColumnName, ColumnType) = (memberName, memberName, columnType);

        /// <summary>The member.</summary>
        public string MemberName { get; }

        /// <summary>The column's name.</summary>
        public string ColumnName { get; set; }

        /// <summary>The column's type; the member must be able to hold it.</summary>
        public DataViewType ColumnType { get; set; }

        /// <summary>The annotations so far.</summary>
        public DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        /// <summary>Adds an annotation.</summary>
        /// <exception cref="InvalidOperationException">There is one of that kind.</exception>
        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            Claim(kind);
            _annotations.Add(kind, annotationType, (ref T destination) => destination = value);
        }

        internal void AddAnnotations(DataViewSchema.Annotations annotations)
        {
            foreach (DataViewSchema.Column annotation in annotations.Schema)
                Claim(annotation.Name);
            _annotations.Add(annotations, _ => true);
        }

        private void Claim(string kind)
        {
            if (!_kinds.Add(kind))
                throw new InvalidOperationException($"Column '{ColumnName}' has an annotation '{kind}' already.");
        }
    }
}
