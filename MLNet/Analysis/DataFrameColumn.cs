using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A named column of values, any of which may be null.</summary>
public abstract class DataFrameColumn : IEnumerable
{
    /// <summary>A column of a name, a length and a type of values.</summary>
    protected DataFrameColumn(string name, long length, Type type)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        (Name, Length, DataType) = (name, length, type);
    }

    /// <summary>The name.</summary>
    public string Name { get; internal set; }

    /// <summary>How many values, null or not.</summary>
    public long Length { get; protected set; }

    /// <summary>The type of the values.</summary>
    public Type DataType { get; }

    /// <summary>How many values are null.</summary>
    public abstract long NullCount { get; }

    /// <summary>One value.</summary>
    public object? this[long rowIndex]
    {
        get => GetValue(rowIndex);
        set => SetValue(rowIndex, value);
    }

    /// <summary>A column of numbers.</summary>
    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T> values)
        where T : unmanaged => new(name, values);

    /// <summary>A column of numbers and nulls.</summary>
    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T?> values)
        where T : unmanaged => new(name, values);

    /// <summary>A column of texts.</summary>
    public static StringDataFrameColumn Create(string name, IEnumerable<string?> values) => new(name, values);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumeratorCore();

    /// <summary>One value, boxed.</summary>
    protected abstract object? GetValue(long rowIndex);

    /// <summary>Sets one value; its type must be the column's.</summary>
    protected abstract void SetValue(long rowIndex, object? value);

    /// <summary>All values.</summary>
    protected abstract IEnumerator GetEnumeratorCore();

    private protected ArgumentException WrongType(object value) =>
        new($"Column '{Name}' holds {DataType}, not {value.GetType()}.", nameof(value));

    internal abstract void AppendValue(object? value);
}
