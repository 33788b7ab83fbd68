namespace Microsoft.ML.Data;

/// <summary>Which column type a member of a row class, or a raw type, stands for.</summary>
internal static class MemberTypes
{
    private static readonly Dictionary<Type, PrimitiveDataViewType> s_primitives = new PrimitiveDataViewType[]
    {
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance,
        RowIdDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance,
    }.ToDictionary(type => type.RawType);

    /// <summary>The type of a scalar, null if there is none; a string is a text.</summary>
    public static PrimitiveDataViewType? PrimitiveOf(Type type) =>
        s_primitives.GetValueOrDefault(type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type);

    /// <summary>The type of an element of an array or buffer, null if it is neither.</summary>
    public static Type? ElementOf(Type member) =>
        member.IsSZArray ? member.GetElementType()
        : member.IsGenericType && member.GetGenericTypeDefinition() == typeof(VBuffer<>) ? member.GetGenericArguments()[0]
        : null;

    /// <summary>The type behind a scalar or the elements: string becomes memory.</summary>
    public static Type RawOf(Type item) => item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item;

    /// <summary>Whether a member of this CLR type can hold or give a column's values.</summary>
    public static bool CanHold(Type member, DataViewType column) => column is VectorDataViewType vector
        ? ElementOf(member) is { } element && RawOf(element) == vector.ItemType.RawType
        : ElementOf(member) is null && RawOf(member) == column.RawType;
}
