using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.Recommender;

namespace Microsoft.ML.Trainers;

/// <summary>Learns factors of a matrix whose elements are the rows of a view: (column key, row key, value).</summary>
/// <remarks>
/// The objectives are those of LIBMF: Chin, Yuan, Yang, Zhuang, Juan, Lin: LIBMF: A Library for Parallel Matrix Factorization in
/// Shared-memory Systems, JMLR 17 (2016). Deterministic and on one thread.
/// </remarks>
public sealed partial class MatrixFactorizationTrainer : IEstimator<MatrixFactorizationPredictionTransformer>
{
    private readonly MLContext _context;
    private readonly Options _options;

    internal MatrixFactorizationTrainer(MLContext context, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ApproximationRank, nameof(options.ApproximationRank));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.NumberOfIterations, nameof(options.NumberOfIterations));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.NumberOfThreads ?? 1, nameof(options.NumberOfThreads));
        ThrowUnlessPositive(options.Lambda, nameof(options.Lambda));
        ThrowUnlessPositive(options.LearningRate, nameof(options.LearningRate));
        ThrowUnlessPositive(options.Alpha, nameof(options.Alpha));
        (_context, _options) = (context, options);
    }

    /// <summary>Learns the factors. Rows with a missing key or label are left out, with a warning in the log.</summary>
    /// <exception cref="InvalidOperationException">A column has the wrong type, or no row is left.</exception>
    public MatrixFactorizationPredictionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        MatrixElements elements = Read(input);
        _context.Write(ChannelMessageKind.Info, nameof(MatrixFactorizationTrainer),
            $"Training {elements.RowCount} by {elements.ColumnCount} problem on {elements.Count} examples");
        (float[] left, float[] right) = _options.LossFunction switch
        {
            LossFunctionType.SquareLossRegression => RegressionFactorization.Run(elements, _options),
            LossFunctionType.SquareLossOneClass when _options.NonNegative =>
                throw new InvalidOperationException("SquareLossOneClass has no NonNegative."),
            LossFunctionType.SquareLossOneClass => OneClassFactorization.Run(elements, _options),
            _ => throw new InvalidOperationException($"There is no loss {_options.LossFunction}."),
        };
        var model = new MatrixFactorizationModelParameters(elements.RowCount, elements.ColumnCount, _options.ApproximationRank, left, right);
        return new(model, _options.MatrixColumnIndexColumnName!, _options.MatrixRowIndexColumnName!);
    }

    /// <summary>Learns the factors from the first view alone; the second one must have the same kinds of columns.</summary>
    /// <exception cref="InvalidOperationException">A column has the wrong type, or no row is left.</exception>
    public MatrixFactorizationPredictionTransformer Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(validationData);
        Columns of = ColumnsOf(validationData.Schema), other = ColumnsOf(trainData.Schema);
        if (!of.Column.Type.Equals(other.Column.Type) || !of.Row.Type.Equals(other.Row.Type))
            throw new ArgumentOutOfRangeException(nameof(validationData), "The keys of training and validation data are not of one type.");
        return Fit(trainData);
    }

    /// <summary>The shape with the score.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string? name in (string?[])[_options.MatrixColumnIndexColumnName, _options.MatrixRowIndexColumnName])
        {
            SchemaShape.Column column = inputSchema.Find(name!);
            if (column is not { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: true } || !column.ItemType.Equals(NumberDataViewType.UInt32))
                throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Column '{name}' is not a key of uint.");
        }

        DataViewSchema.DetachedColumn score = MatrixFactorizationPredictionTransformer.ScoreColumn();
        return inputSchema.With([new(score.Name, score.Type, SchemaShape.Create(score.Annotations.Schema))]);
    }

    /// <summary>A getter of Single from a column of Single or Double.</summary>
    internal static ValueGetter<float> LabelGetter(DataViewRow row, DataViewSchema.Column column)
    {
        if (!column.Type.Equals(NumberDataViewType.Double))
            return row.GetGetter<float>(column);
        ValueGetter<double> getter = row.GetGetter<double>(column);
        double wide = 0;
        return (ref float value) =>
        {
            getter(ref wide);
            value = (float)wide;
        };
    }

    private MatrixElements Read(IDataView input)
    {
        Columns columns = ColumnsOf(input.Schema);
        var elements = new MatrixElements((int)((KeyDataViewType)columns.Row.Type).Count, (int)((KeyDataViewType)columns.Column.Type).Count);
        using DataViewRowCursor cursor = input.GetRowCursor([columns.Column, columns.Row, columns.Label]);
        ValueGetter<uint> getColumn = cursor.GetGetter<uint>(columns.Column), getRow = cursor.GetGetter<uint>(columns.Row);
        ValueGetter<float> getLabel = LabelGetter(cursor, columns.Label);
        uint column = 0, row = 0;
        float label = 0;
        long skipped = 0;
        while (cursor.MoveNext())
        {
            getColumn(ref column);
            getRow(ref row);
            getLabel(ref label);
            if (column == 0 || column > elements.ColumnCount || row == 0 || row > elements.RowCount || !float.IsFinite(label))
                skipped++;
            else
                elements.Add((int)row - 1, (int)column - 1, label);
        }

        if (skipped > 0)
            _context.Write(ChannelMessageKind.Warning, nameof(MatrixFactorizationTrainer), $"Skipped {skipped} rows with a missing key or label");
        return elements.Count > 0 ? elements : throw new InvalidOperationException("No row has both keys and a label.");
    }

    private Columns ColumnsOf(DataViewSchema schema)
    {
        DataViewSchema.Column label = schema[_options.LabelColumnName!];
        if (!label.Type.Equals(NumberDataViewType.Single) && !label.Type.Equals(NumberDataViewType.Double))
            throw new InvalidOperationException($"Column '{label.Name}' is {label.Type}: a label is Single or Double.");
        return new(Key(_options.MatrixColumnIndexColumnName), Key(_options.MatrixRowIndexColumnName), label);

        DataViewSchema.Column Key(string? name)
        {
            DataViewSchema.Column column = schema[name!];
            return column.Type is KeyDataViewType { Count: <= int.MaxValue } key && key.RawType == typeof(uint)
                ? column
                : throw new InvalidOperationException($"Column '{name}' is {column.Type}: an index of the matrix is a key of uint.");
        }
    }

    private static void ThrowUnlessPositive(double value, string name)
    {
        if (!(value > 0))
            throw new ArgumentOutOfRangeException(name, value, "It must be positive.");
    }

    private readonly record struct Columns(DataViewSchema.Column Column, DataViewSchema.Column Row, DataViewSchema.Column Label);
}
