using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A column of numbers, truths or dates, any of which may be null.</summary>
public class PrimitiveDataFrameColumn<T> : DataFrameColumn, IEnumerable<T?>
    where T : unmanaged
{
    private readonly List<T?> _values;
    private long _nullCount;

    /// <summary>A column of nulls.</summary>
    public PrimitiveDataFrameColumn(string name, long length = 0)
        : base(name, length, typeof(T))
    {
        _values = [.. Enumerable.Repeat<T?>(null, checked((int)length))];
        _nullCount = length;
    }

    /// <summary>A column of values.</summary>
    public PrimitiveDataFrameColumn(string name, IEnumerable<T> values)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (T value in values)
            Append(value);
    }

    /// <summary>A column of values and nulls.</summary>
    public PrimitiveDataFrameColumn(string name, IEnumerable<T?> values)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (T? value in values)
            Append(value);
    }

    /// <inheritdoc/>
    public override long NullCount => _nullCount;

    /// <summary>One value.</summary>
    public new T? this[long rowIndex]
    {
        get => _values[checked((int)rowIndex)];
        set
        {
            int index = checked((int)rowIndex);
            _nullCount += (value is null ? 1 : 0) - (_values[index] is null ? 1 : 0);
            _values[index] = value;
        }
    }

    /// <summary>Adds a value at the end.</summary>
    public void Append(T? value)
    {
        _values.Add(value);
        _nullCount += value is null ? 1 : 0;
        Length = _values.Count;
    }

    /// <inheritdoc/>
    public IEnumerator<T?> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    protected override object? GetValue(long rowIndex) => this[rowIndex];

    /// <inheritdoc/>
    protected override void SetValue(long rowIndex, object? value) =>
        this[rowIndex] = value is null or T ? (T?)value : throw WrongType(value);

    /// <inheritdoc/>
    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    internal override void AppendValue(object? value) => Append((T?)value);
}
