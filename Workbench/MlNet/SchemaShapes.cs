using Microsoft.ML;
using Microsoft.ML.Data;

namespace Workbench.MlNet;

/// <summary>
/// Shapes for an estimator's <c>GetOutputSchema</c>. Neither a column nor a shape of given columns can be made from outside ML.NET,
/// but a chain tells its estimators the shape of the data that it is about to fit: so a chain is fitted on an empty view, and listened to.
/// </summary>
internal static class SchemaShapes
{
    /// <summary>The shape of a schema: its visible columns, with the names and kinds of their annotations.</summary>
    internal static SchemaShape Of(DataViewSchema schema)
    {
        var listener = new Listener();
        new EstimatorChain<ITransformer>().Append(listener).Fit(new EmptyView(schema));
        return listener.Heard!;
    }

    /// <summary>The input's columns and the added ones, which replace input columns of the same name.</summary>
    internal static SchemaShape With(this SchemaShape input, params DataViewSchema.DetachedColumn[] added)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(added);
        SchemaShape shape = Of(builder.ToSchema());
        HashSet<string> names = [.. shape.Select(column => column.Name)];
        return new SchemaShape(input.Where(column => !names.Contains(column.Name)).Concat(shape));
    }

    /// <summary>Refuses a shape without that key column. A shape tells that a column is a key, not of how many values.</summary>
    internal static void RequireKey(this SchemaShape shape, string name, SchemaShape.Column.VectorKind kind)
    {
        foreach (SchemaShape.Column column in shape)
        {
            if (column.Name != name)
                continue;
            if (column.IsKey && column.Kind == kind)
                return;
            throw new ArgumentOutOfRangeException(nameof(shape), $"Column '{name}' must be a key ({kind}).");
        }

        throw new ArgumentOutOfRangeException(nameof(shape), $"There is no column '{name}'.");
    }

    private sealed class Listener : IEstimator<ITransformer>
    {
        internal SchemaShape? Heard { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Heard = inputSchema;

        // An empty chain of transformers passes its input through.
        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
    }

    private sealed class EmptyView(DataViewSchema schema) : IDataView
    {
        public DataViewSchema Schema => schema;

        public bool CanShuffle => false;

        public long? GetRowCount() => 0;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
            throw new NotSupportedException("This view is for its schema only.");

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            throw new NotSupportedException("This view is for its schema only.");
    }
}
