namespace Microsoft.ML.Data;

/// <summary>A transformer that scores rows by what a trainer has learned. Cannot be derived from outside.</summary>
public abstract class PredictionTransformerBase<TModel> : ITransformer
    where TModel : class
{
    private protected PredictionTransformerBase(TModel model) => Model = model;

    /// <summary>What was learned.</summary>
    public TModel Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc/>
    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Bind(input.Schema).View(input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => Save(ctx);

    private protected abstract RowMapping Bind(DataViewSchema inputSchema);

    private protected abstract void Save(ModelSaveContext ctx);
}
