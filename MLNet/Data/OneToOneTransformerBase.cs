namespace Microsoft.ML.Data;

/// <summary>A stock transformer that makes each output column of one input column. Cannot be derived from outside.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(IReadOnlyList<ColumnPair> pairs) => Pairs = pairs;

    internal IReadOnlyList<ColumnPair> Pairs { get; }
}
