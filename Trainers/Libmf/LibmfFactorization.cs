using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.Recommender;
using Trainers.LeastSquares;
using Trainers.Sampling;

namespace Trainers.Libmf;

/// <summary>Item vectors from ML.NET's matrix factorisation of a view (User key, Item key, Label 1) with the loss SquareLossOneClass.</summary>
/// <remarks>
/// Legend: U users and I items with a positive, P positives, d dimension. Only those users and items have keys, so nobody else takes part.
/// ML.NET has no seed for it and starts from the same numbers in every run; so the seed shuffles the users' keys, whose vectors are what starts at random.
/// One thread, because with the genuine library more of them change the sums' order. The call neither tells how far it is, nor can it be cancelled or checkpointed.
/// </remarks>
internal static class LibmfFactorization
{
    // A list of 12 bytes per positive that doubles as it grows, and copies by row and by column; three copies of the vectors.
    private const int BytesPerPositive = 48, CopiesOfVectors = 3;

    public static long Bytes(Interactions interactions, int dimension) =>
        (long)BytesPerPositive * interactions.Count
        + (CopiesOfVectors * dimension + 3L) * sizeof(float) * ((long)interactions.UserCount + interactions.ItemCount);

    /// <returns>all items x d; zero for items without a positive</returns>
    public static float[] ItemVectors(PositiveMatrix positives, MatrixFactorizationOptions options, ulong seed)
    {
        int[] users = [.. Enumerable.Range(0, positives.RowCount).Where(user => positives[user].Length > 0)];
        new SplitMix64(seed).Shuffle<int>(users);
        int[] items = [.. positives.Columns.Distinct().Order()];
        var context = new MLContext();
        MatrixFactorizationTrainer trainer = context.Recommendation().Trainers.MatrixFactorization(new MatrixFactorizationTrainer.Options
        {
            MatrixColumnIndexColumnName = nameof(Positive.User),
            MatrixRowIndexColumnName = nameof(Positive.Item),
            LabelColumnName = nameof(Positive.Label),
            LossFunction = MatrixFactorizationTrainer.LossFunctionType.SquareLossOneClass,
            ApproximationRank = options.Dimension,
            NumberOfIterations = options.Iterations,
            Lambda = options.Regularization,
            Alpha = options.UnobservedWeight,
            C = options.UnobservedValue,
            NumberOfThreads = 1,
            Quiet = true,
        });
        MatrixFactorizationModelParameters model = trainer.Fit(View(context, positives, users, items)).Model;

        var vectors = new float[positives.ColumnCount * options.Dimension];
        for (int key = 0; key < items.Length; key++)
        {
            for (int k = 0; k < options.Dimension; k++)
                vectors[items[key] * options.Dimension + k] = model.LeftFactorMatrix[key * options.Dimension + k];
        }

        return vectors;
    }

    private static IDataView View(MLContext context, PositiveMatrix positives, int[] users, int[] items)
    {
        var definition = SchemaDefinition.Create(typeof(Positive));
        definition[nameof(Positive.User)]!.ColumnType = new KeyDataViewType(typeof(uint), users.Length);
        definition[nameof(Positive.Item)]!.ColumnType = new KeyDataViewType(typeof(uint), items.Length);
        return context.Data.LoadFromEnumerable(Rows(positives, users, items), definition);
    }

    // Key members of a loaded class count from 0.
    private static IEnumerable<Positive> Rows(PositiveMatrix positives, int[] users, int[] items)
    {
        var keyOf = new uint[positives.ColumnCount];
        for (int key = 0; key < items.Length; key++)
            keyOf[items[key]] = (uint)key;
        var row = new Positive();
        for (int key = 0; key < users.Length; key++)
        {
            row.User = (uint)key;
            for (int at = positives.Offsets[users[key]]; at < positives.Offsets[users[key] + 1]; at++)
            {
                row.Item = keyOf[positives.Columns[at]];
                yield return row;
            }
        }
    }

    private sealed class Positive
    {
        public uint User { get; set; }

        public uint Item { get; set; }

        public float Label { get; set; } = 1;
    }
}
