using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Applies a row-to-row transformer to one object at a time. Not for several threads at once.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly InputRow _input;
    private readonly DataViewRow _output;
    private readonly Action<TDst> _fill;

    private protected PredictionEngineBase(
        ITransformer transformer, RowReader<TSrc> reader, bool ignoreMissingColumns, SchemaDefinition? outputSchemaDefinition)
    {
        if (!transformer.IsRowToRowMapper)
            throw new ArgumentOutOfRangeException(nameof(transformer), "Predicting one object needs a transformer that maps row to row.");

        _transformer = transformer;
        _input = new(reader);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(reader.Schema);
        OutputSchema = mapper.OutputSchema;
        var writer = new RowWriter<TDst>(OutputSchema, ignoreMissingColumns, outputSchemaDefinition);
        _output = mapper.GetRow(_input, writer.Columns);
        _fill = writer.Over(_output);
    }

    /// <summary>The columns after the transformer.</summary>
    public DataViewSchema OutputSchema { get; }

    /// <summary>A new object with the prediction.</summary>
    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    /// <summary>Puts the prediction into an object.</summary>
    public abstract void Predict(TSrc example, ref TDst prediction);

    /// <summary>Disposes the transformer, if it can be.</summary>
    public void Dispose()
    {
        _output.Dispose();
        (_transformer as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Fill(TSrc example, TDst prediction)
    {
        ArgumentNullException.ThrowIfNull(example);
        _input.Put(example);
        _fill(prediction);
    }

    // Its position moves on with each object, so that what is computed once per row is computed again.
    private sealed class InputRow(RowReader<TSrc> reader) : DataViewRow
    {
        private TSrc? _current;
        private long _position = -1;

        public override DataViewSchema Schema => reader.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public void Put(TSrc example) => (_current, _position) = (example, _position + 1);

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            ActiveColumns.Cast<TValue>(reader.MakeGetter(column.Index, () => _current!), reader.Schema[column.Index]);
    }
}

/// <inheritdoc/>
public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(
        ITransformer transformer, RowReader<TSrc> reader, bool ignoreMissingColumns, SchemaDefinition? outputSchemaDefinition)
        : base(transformer, reader, ignoreMissingColumns, outputSchemaDefinition)
    {
    }

    /// <inheritdoc/>
    public override void Predict(TSrc example, ref TDst prediction) => Fill(example, prediction ??= new());
}
