namespace Microsoft.ML.Data;

/// <summary>Which columns of a cursor or row were asked for.</summary>
internal sealed class ActiveColumns
{
    private readonly bool[] _active;

    public ActiveColumns(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columns)
        {
            if (column.Index >= _active.Length)
                throw new ArgumentOutOfRangeException(nameof(columns), $"Column '{column.Name}' is not of this schema.");
            _active[column.Index] = true;
        }
    }

    public bool this[int index] => (uint)index < (uint)_active.Length && _active[index];

    public bool Contains(DataViewSchema.Column column) => this[column.Index];

    public void Require(DataViewSchema.Column column)
    {
        if (!Contains(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for.");
    }

    public static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column) =>
        getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, which is not read as {typeof(TValue)}.");
}
