using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainers;

namespace Workbench.MlNet;

/// <summary>
/// Makes any <see cref="IItemEmbeddingTrainer"/> an ML.NET estimator: fits on a view with User and Item keys, and, where present,
/// Rating (float) and Timestamp (long).
/// </summary>
public sealed class ItemEmbeddingEstimator(IItemEmbeddingTrainer trainer, TrainingRun run) : IEstimator<ItemEmbeddingTransformer>
{
    /// <summary>Reads the view once, trains, and wraps what was learned.</summary>
    /// <exception cref="UserErrorException">There is nothing to learn from, or the memory budget is too small.</exception>
    public ItemEmbeddingTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>The same, where the trainer may look at each user's first later item to decide when to stop; it never learns from it.</summary>
    /// <param name="input">what is learned from</param>
    /// <param name="validation">User and Item keys of the same counts; null for none</param>
    /// <exception cref="ArgumentOutOfRangeException">The keys have other counts.</exception>
    public ItemEmbeddingTransformer Fit(IDataView input, IDataView? validation)
    {
        Interactions interactions = InteractionReader.Read(input, run.Threads, out long missing);
        return new ItemEmbeddingTransformer(trainer.Train(interactions, run with { Validation = Next(interactions, validation) }), missing);
    }

    private int[] Next(Interactions interactions, IDataView? validation)
    {
        if (validation is null)
            return [];
        Interactions later = InteractionReader.Read(validation, run.Threads, out _);
        if (later.UserCount != interactions.UserCount || later.ItemCount != interactions.ItemCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(validation), $"{later.UserCount} users and {later.ItemCount} items are not the {interactions.UserCount} and {interactions.ItemCount} of the training data.");
        }

        return [.. Enumerable.Range(0, later.UserCount).Select(user => later.CountOf(user) == 0 ? -1 : later.ItemsOf(user)[0])];
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        inputSchema.RequireKey(ColumnNames.User, SchemaShape.Column.VectorKind.Scalar);
        inputSchema.RequireKey(ColumnNames.Item, SchemaShape.Column.VectorKind.Scalar);

        // A shape tells that a vector's size is known, not the size.
        return inputSchema.With(new DataViewSchema.DetachedColumn(ColumnNames.Embedding, new VectorDataViewType(NumberDataViewType.Single, 1)));
    }
}
