namespace Microsoft.ML.Data;

/// <summary>The type of a column's values.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType)
    {
        ArgumentNullException.ThrowIfNull(rawType);
        RawType = rawType;
    }

    /// <summary>The type argument of the column's getters.</summary>
    public Type RawType { get; }

    /// <inheritdoc/>
    public abstract bool Equals(DataViewType? other);
}

/// <summary>A type of values with parts: vectors.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    /// <summary>Over a raw type.</summary>
    protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}

/// <summary>A type of values without parts: numbers, texts, keys.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    /// <summary>Over a raw type.</summary>
    protected PrimitiveDataViewType(Type rawType)
        : base(rawType)
    {
        if (typeof(IDisposable).IsAssignableFrom(rawType))
            throw new ArgumentException($"A value of type {rawType} needs disposing: it cannot be in a column.", nameof(rawType));
    }
}
