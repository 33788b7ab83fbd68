using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A column of texts, any of which may be null.</summary>
public class StringDataFrameColumn : DataFrameColumn, IEnumerable<string?>
{
    private readonly List<string?> _values;
    private long _nullCount;

    /// <summary>A column of nulls.</summary>
    public StringDataFrameColumn(string name, long length = 0)
        : base(name, length, typeof(string))
    {
        _values = [.. Enumerable.Repeat<string?>(null, checked((int)length))];
        _nullCount = length;
    }

    /// <summary>A column of texts.</summary>
    public StringDataFrameColumn(string name, IEnumerable<string?> values)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (string? value in values)
            Append(value);
    }

    /// <inheritdoc/>
    public override long NullCount => _nullCount;

    /// <summary>One text.</summary>
    public new string? this[long rowIndex]
    {
        get => _values[checked((int)rowIndex)];
        set
        {
            int index = checked((int)rowIndex);
            _nullCount += (value is null ? 1 : 0) - (_values[index] is null ? 1 : 0);
            _values[index] = value;
        }
    }

    /// <summary>Adds a text at the end.</summary>
    public void Append(string? value)
    {
        _values.Add(value);
        _nullCount += value is null ? 1 : 0;
        Length = _values.Count;
    }

    /// <inheritdoc/>
    public IEnumerator<string?> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    protected override object? GetValue(long rowIndex) => this[rowIndex];

    /// <inheritdoc/>
    protected override void SetValue(long rowIndex, object? value) =>
        this[rowIndex] = value is null or string ? (string?)value : throw WrongType(value);

    /// <inheritdoc/>
    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    internal override void AppendValue(object? value) => Append((string?)value);
}
