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
    public ItemEmbeddingTransformer Fit(IDataView input)
    {
        Interactions interactions = InteractionReader.Read(input, run.Threads, out long missing);
        return new ItemEmbeddingTransformer(trainer.Train(interactions, run), missing);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        inputSchema.RequireKey(ColumnNames.User, SchemaShape.Column.VectorKind.Scalar);
        inputSchema.RequireKey(ColumnNames.Item, SchemaShape.Column.VectorKind.Scalar);

        // A shape tells that a vector's size is known, not the size.
        return inputSchema.With(new DataViewSchema.DetachedColumn(ColumnNames.Embedding, new VectorDataViewType(NumberDataViewType.Single, 1)));
    }
}
