namespace Microsoft.ML.Data;

/// <summary>A mapping whose added columns are each made of one input column.</summary>
internal abstract class PairMapping : RowMapping
{
    private readonly DataViewSchema.Column[] _inputs;

    protected PairMapping(DataViewSchema input, DataViewSchema.Column[] inputs, IReadOnlyList<DataViewSchema.DetachedColumn> added)
        : base(input, RowLayout.Adding(input, added)) => _inputs = inputs;

    protected static DataViewSchema.Column[] Inputs(DataViewSchema schema, IEnumerable<ColumnPair> pairs) =>
        [.. pairs.Select(pair => schema[pair.Input])];

    protected override IEnumerable<int> InputsOf(int added) => [_inputs[added].Index];

    protected override Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive) =>
        [.. _inputs.Select((column, added) => isActive(added) ? MakeGetter(input, column, added) : null)];

    protected abstract Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column, int added);
}
