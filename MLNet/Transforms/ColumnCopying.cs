using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Gives columns a second name.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(params ColumnPair[] pairs)
        : base(new(pairs))
    {
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. Transformer.Pairs.Select(pair => inputSchema.Find(pair.Input).Named(pair.Output))]);
    }
}

/// <summary>Gives columns a second name.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal ColumnCopyingTransformer(IReadOnlyList<ColumnPair> pairs)
        : base(pairs)
    {
    }

    internal ColumnCopyingTransformer(BinaryReader reader)
        : this(ModelFile.ReadPairs(reader))
    {
    }

    private protected override RowMapping Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] inputs = [.. Pairs.Select(pair => inputSchema[pair.Input])];
        DataViewSchema.DetachedColumn[] copies = [.. inputs.Select((column, i) =>
            new DataViewSchema.DetachedColumn(Pairs[i].Output, column.Type, column.Annotations))];
        return new RelabelMapping(inputSchema, RowLayout.Adding(inputSchema, copies, Array.ConvertAll(inputs, column => column.Index)));
    }

    private protected override void Save(ModelSaveContext ctx) => ModelFile.WritePairs(ctx.Begin(ModelFile.Copy), Pairs);
}
