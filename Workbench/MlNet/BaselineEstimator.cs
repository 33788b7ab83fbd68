using Baselines;
using Data.Views;
using Microsoft.ML;
using Trainers;
using Workbench.Reranking;

namespace Workbench.MlNet;

/// <summary>Makes any <see cref="IBaseline"/> an ML.NET estimator: fits on a view of interactions, ranks a view of queries.</summary>
public sealed class BaselineEstimator(IBaseline baseline, TrainingRun run, RankingOptions options) : IEstimator<RankingTransformer>
{
    /// <exception cref="UserErrorException">The memory budget is too small.</exception>
    public RankingTransformer Fit(IDataView input)
    {
        Interactions interactions = InteractionReader.Read(input, run.Threads, out _);
        return new RankingTransformer(new HistoryScoring(baseline.Fit(interactions, run)), options);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        inputSchema.RequireKey(ColumnNames.User, SchemaShape.Column.VectorKind.Scalar);
        inputSchema.RequireKey(ColumnNames.Item, SchemaShape.Column.VectorKind.Scalar);
        return inputSchema.With(RankingColumns.OfShape());
    }
}
