namespace Microsoft.ML.Data;

/// <summary>A mapping that computes nothing: output columns are input columns, in another order or under other names.</summary>
internal sealed class RelabelMapping(DataViewSchema input, RowLayout layout) : RowMapping(input, layout)
{
    protected override IEnumerable<int> InputsOf(int added) => [];

    protected override Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive) => [];
}
