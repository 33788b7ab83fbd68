using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>A function of one row.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(CustomMappingTransformer<TSrc, TDst> transformer)
        : base(transformer)
    {
    }

    /// <summary>The shape with the members of <typeparamref name="TDst"/>; those of <typeparamref name="TSrc"/> must be in the input.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (RowMember member in Transformer.InputMembers)
        {
            SchemaShape.Column given = inputSchema.Find(member.ColumnName), wanted = new(member.ColumnName, member.ColumnType);
            bool sameKind = wanted.Kind == given.Kind
                || (wanted.Kind == SchemaShape.Column.VectorKind.VariableVector && given.Kind == SchemaShape.Column.VectorKind.Vector);
            if (!sameKind || wanted.IsKey != given.IsKey || !wanted.ItemType.Equals(given.ItemType))
            {
                throw new ArgumentOutOfRangeException(nameof(inputSchema),
                    $"Column '{member.ColumnName}' is {Text(given)}, but {typeof(TSrc)} wants {Text(wanted)}.");
            }
        }

        return inputSchema.With([.. SchemaShape.Create(Transformer.AddedSchema)]);
    }

    private static string Text(SchemaShape.Column column) => $"{column.Kind} {(column.IsKey ? "key " : "")}{column.ItemType}";
}

/// <summary>
/// A function of one row. It is called once per row, when any of its outputs is read. One input and one output object
/// serve all rows of a cursor: what a row does not set stays from the row before.
/// </summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _mapAction;
    private readonly SchemaDefinition? _inputDefinition;
    private readonly RowReader<TDst> _output;

    internal CustomMappingTransformer(Action<TSrc, TDst> mapAction, SchemaDefinition? inputDefinition, SchemaDefinition? outputDefinition)
    {
        ArgumentNullException.ThrowIfNull(mapAction);
        _mapAction = mapAction;
        _inputDefinition = inputDefinition;
        _output = new(outputDefinition);
        InputMembers = RowClass.Bind(typeof(TSrc), inputDefinition, SchemaDefinition.Direction.Write);
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal IReadOnlyList<RowMember> InputMembers { get; }

    internal DataViewSchema AddedSchema => _output.Schema;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Bind(input.Schema).View(input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new InvalidOperationException(
        "A custom mapping is code, which a model does not hold. Save the transformers before and after it, and make it again.");

    private Mapping Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(this, inputSchema);
    }

    private sealed class Mapping(CustomMappingTransformer<TSrc, TDst> parent, DataViewSchema input)
        : RowMapping(input, RowLayout.Adding(input, [.. parent.AddedSchema.Select(column => new DataViewSchema.DetachedColumn(column))]))
    {
        private readonly RowWriter<TSrc> _input = new(input, ignoreMissingColumns: false, parent._inputDefinition);

        protected override IEnumerable<int> InputsOf(int added) => _input.Columns.Select(column => column.Index);

        protected override Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive)
        {
            Action<TSrc> fill = _input.Over(input);
            var source = new TSrc();
            var result = new TDst();
            long computedAt = -1;
            return [.. parent.AddedSchema.Select(column => isActive(column.Index) ? parent._output.MakeGetter(column.Index, Current) : null)];

            TDst Current()
            {
                if (input.Position < 0)
                    throw new InvalidOperationException("The cursor is not on a row.");
                if (computedAt != input.Position)
                {
                    fill(source);
                    parent._mapAction(source, result);
                    computedAt = input.Position;
                }

                return result;
            }
        }
    }
}
