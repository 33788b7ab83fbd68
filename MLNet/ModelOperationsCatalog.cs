using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Fitted transformers in files, and on single objects.</summary>
public sealed class ModelOperationsCatalog
{
    internal ModelOperationsCatalog()
    {
    }

    /// <summary>Writes a model of stock transformers; the input schema may be null.</summary>
    /// <exception cref="NotSupportedException">An own transformer is among them: it cannot be saved here.</exception>
    public void Save(ITransformer model, DataViewSchema? inputSchema, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        ModelFile.Write(stream, model, inputSchema);
    }

    /// <inheritdoc cref="Save(ITransformer, DataViewSchema, Stream)"/>
    public void Save(ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(filePath);

        // What fails halfway leaves the old file as it was.
        var buffer = new MemoryStream();
        ModelFile.Write(buffer, model, inputSchema);
        string temporary = filePath + ".tmp";
        File.WriteAllBytes(temporary, buffer.ToArray());
        File.Move(temporary, filePath, overwrite: true);
    }

    /// <summary>Reads a model and the schema that was saved with it, null if none was.</summary>
    /// <exception cref="FormatException">It is not a model.</exception>
    public ITransformer Load(Stream stream, out DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ModelFile.Read(stream, out inputSchema);
    }

    /// <inheritdoc cref="Load(Stream, out DataViewSchema)"/>
    public ITransformer Load(string filePath, out DataViewSchema? inputSchema)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        using FileStream stream = File.OpenRead(filePath);
        return ModelFile.Read(stream, out inputSchema);
    }

    /// <summary>An engine whose input columns are the members of <typeparamref name="TSrc"/>.</summary>
    /// <param name="transformer">Maps row to row.</param>
    /// <param name="ignoreMissingColumns">Whether members of <typeparamref name="TDst"/> without a column are left alone.</param>
    /// <param name="inputSchemaDefinition">How members are input columns, if not as their attributes say.</param>
    /// <param name="outputSchemaDefinition">How members are output columns, if not as their attributes say.</param>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(
        ITransformer transformer,
        bool ignoreMissingColumns = true,
        SchemaDefinition? inputSchemaDefinition = null,
        SchemaDefinition? outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(transformer);
        return new(transformer, new(inputSchemaDefinition), ignoreMissingColumns, outputSchemaDefinition);
    }

    /// <summary>An engine whose input columns have the types and annotations of a ready schema.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class
        where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(transformer, new(RowClass.Define(typeof(TSrc), inputSchema)), ignoreMissingColumns: true, outputSchemaDefinition: null);
    }
}
