using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Puts columns of one item type into one vector. Fitting checks nothing, transforming does.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(string outputColumnName, params string[] inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(inputColumnNames);
        if (inputColumnNames.Length == 0)
            throw new ArgumentOutOfRangeException(nameof(inputColumnNames), "There is nothing to concatenate.");
        (_output, _inputs) = (outputColumnName, inputColumnNames);
    }

    /// <inheritdoc/>
    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(_output, _inputs);
    }

    /// <summary>The shape with the vector; keys and mixed item types are refused.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column[] columns = Array.ConvertAll(_inputs, inputSchema.Find);
        foreach (SchemaShape.Column column in columns)
        {
            if (column.IsKey)
                throw new InvalidOperationException($"Column '{column.Name}' is a key: keys are not concatenated.");
            if (!column.ItemType.Equals(columns[0].ItemType))
                throw new InvalidOperationException($"Column '{column.Name}' is {column.ItemType}, but '{columns[0].Name}' is {columns[0].ItemType}.");
        }

        bool variable = columns.Any(column => column.Kind == SchemaShape.Column.VectorKind.VariableVector);
        bool named = columns.Any(column => column.Kind == SchemaShape.Column.VectorKind.Scalar
            || column.Annotations.TryFindColumn(SchemaAnnotationsExtensions.SlotNames, out _));
        SchemaShape annotations = new(named
            ? [new(SchemaAnnotationsExtensions.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false)]
            : []);
        return inputSchema.With([new(
            _output,
            variable ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector,
            columns[0].ItemType,
            isKey: false,
            annotations)]);
    }
}
