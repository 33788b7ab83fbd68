using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Recommender;

/// <summary>Appends Score, the estimate of the element that two key columns name.</summary>
public sealed class MatrixFactorizationPredictionTransformer : PredictionTransformerBase<MatrixFactorizationModelParameters>
{
    private readonly string _column;
    private readonly string _row;

    internal MatrixFactorizationPredictionTransformer(MatrixFactorizationModelParameters model, string column, string row)
        : base(model) => (_column, _row) = (column, row);

    internal MatrixFactorizationPredictionTransformer(BinaryReader reader)
        : this(ReadModel(reader), reader.ReadString(), reader.ReadString())
    {
    }

    /// <inheritdoc/>
    public override DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    internal static DataViewSchema.DetachedColumn ScoreColumn()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("ScoreColumnSetId", new KeyDataViewType(typeof(uint), uint.MaxValue), 1u);
        annotations.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, "Regression".AsMemory());
        annotations.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, "Score".AsMemory());
        return new("Score", NumberDataViewType.Single, annotations.ToAnnotations());
    }

    private protected override RowMapping Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new Mapping(Model, inputSchema, KeyOf(_column), KeyOf(_row));

        DataViewSchema.Column KeyOf(string name)
        {
            DataViewSchema.Column column = inputSchema[name];
            return column.Type is KeyDataViewType && column.Type.RawType == typeof(uint)
                ? column
                : throw new InvalidOperationException($"Column '{name}' is {column.Type}: an index of the matrix is a key of uint.");
        }
    }

    private protected override void Save(ModelSaveContext ctx)
    {
        BinaryWriter writer = ctx.Begin(ModelFile.MatrixFactorization);
        writer.Write(Model.NumberOfRows);
        writer.Write(Model.NumberOfColumns);
        writer.Write(Model.ApproximationRank);
        BinaryValue.WriteVector(writer, new VBuffer<float>(Model.LeftFactorMatrix.Count, [.. Model.LeftFactorMatrix]));
        BinaryValue.WriteVector(writer, new VBuffer<float>(Model.RightFactorMatrix.Count, [.. Model.RightFactorMatrix]));
        writer.Write(_column);
        writer.Write(_row);
    }

    private static MatrixFactorizationModelParameters ReadModel(BinaryReader reader)
    {
        (int rows, int columns, int rank) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        return new(rows, columns, rank, Factors(reader), Factors(reader));
    }

    private static float[] Factors(BinaryReader reader) => BinaryValue.ReadVector<float>(reader).GetValues().ToArray();

    private sealed class Mapping(MatrixFactorizationModelParameters model, DataViewSchema input, DataViewSchema.Column column, DataViewSchema.Column row)
        : RowMapping(input, RowLayout.Adding(input, [ScoreColumn()]))
    {
        protected override IEnumerable<int> InputsOf(int added) => [column.Index, row.Index];

        protected override Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive)
        {
            ValueGetter<uint> getColumn = input.GetGetter<uint>(column), getRow = input.GetGetter<uint>(row);
            uint columnKey = 0, rowKey = 0;
            return [(ValueGetter<float>)((ref float score) =>
            {
                getColumn(ref columnKey);
                getRow(ref rowKey);
                score = model.Score(columnKey, rowKey);
            })];
        }
    }
}
