using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps or drops columns.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(ColumnSelectingTransformer transformer)
        : base(transformer)
    {
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column[] named = [.. Transformer.Names.Select(inputSchema.Find)];
        return new(Transformer.Keep ? named : inputSchema.Where(column => !Transformer.Names.Contains(column.Name)));
    }
}

/// <summary>Keeps the named columns in their order, or drops them; hidden columns go unless asked for.</summary>
public sealed class ColumnSelectingTransformer : ITransformer
{
    private readonly bool _keepHidden;

    internal ColumnSelectingTransformer(string[] names, bool keep, bool keepHidden = false)
    {
        ArgumentNullException.ThrowIfNull(names);
        (Names, Keep, _keepHidden) = ([.. names], keep, keepHidden);
    }

    internal ColumnSelectingTransformer(BinaryReader reader)
        : this(ModelFile.ReadStrings(reader), reader.ReadBoolean(), reader.ReadBoolean())
    {
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal string[] Names { get; }

    internal bool Keep { get; }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Bind(input.Schema).View(input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        BinaryWriter writer = ctx.Begin(ModelFile.Select);
        ModelFile.WriteStrings(writer, Names);
        writer.Write(Keep);
        writer.Write(_keepHidden);
    }

    private RelabelMapping Bind(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        foreach (string name in Names)
            _ = schema[name];

        IEnumerable<DataViewSchema.Column> columns = Keep
            ? Names.SelectMany(name => schema.Where(column => column.Name == name))
            : schema.Where(column => !Names.Contains(column.Name));
        return new(schema, RowLayout.Selecting(schema, columns.Where(column => _keepHidden || !column.IsHidden).Select(column => column.Index)));
    }
}
