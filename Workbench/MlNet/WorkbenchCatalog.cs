using Data.Storage;
using Data.Synthetic;
using Data.Views;
using Evaluation;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainers;
using Workbench.Reranking;

namespace Workbench.MlNet;

/// <summary>The workbench beside ML.NET's own catalogs: <c>ml.Workbench()</c>.</summary>
public static class WorkbenchExtensions
{
    public static WorkbenchCatalog Workbench(this MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new WorkbenchCatalog();
    }
}

/// <summary>Loads linked datasets, makes estimators of trainers and rerankers, and evaluates what they rank.</summary>
public sealed class WorkbenchCatalog
{
    internal WorkbenchCatalog()
    {
    }

    /// <summary>The linked dataset in a folder.</summary>
    /// <exception cref="UserErrorException">A file is missing or malformed.</exception>
    public DatasetCatalog Load(string folder) => new(DatasetReader.Read(folder).Dataset);

    /// <summary>A generated dataset.</summary>
    public DatasetCatalog Synthetic(SyntheticOptions? options = null) => new(SyntheticDataset.Generate(options ?? new SyntheticOptions()));

    /// <summary>Any trainer as an estimator; fits on a view of interactions.</summary>
    public ItemEmbeddingEstimator ItemEmbeddings(IItemEmbeddingTrainer trainer, TrainingRun? run = null) =>
        new(trainer, run ?? new TrainingRun(Threads: Environment.ProcessorCount));

    /// <summary>Max pooling over the language model's items as an estimator; appends RankedItems and Scores to a view of turns.</summary>
    /// <param name="top">length of the rankings</param>
    public RerankEstimator MaxPool(ItemEmbeddings embeddings, MaxPoolingOptions? options = null, int top = 50) =>
        new(new MaxPooling(embeddings, options ?? new MaxPoolingOptions()), new RankingOptions(top));

    /// <summary>Judges RankedItems by Targets: per (turn, target) and per turn, with standard errors and bootstrap intervals.</summary>
    /// <param name="ranked">with Targets, LlmItems, RankedItems and Scores, as a ranker leaves them</param>
    /// <param name="plan">null for all metrics at 1, 5, 10 and 20</param>
    public EvaluationResult Evaluate(IDataView ranked, EvaluationPlan? plan = null)
    {
        plan ??= new EvaluationPlan();
        Rankings rankings = RankingCollector.Collect(ranked, plan.Cutoffs.Max(), plan.Threads, CancellationToken.None);
        int[][] targets = [.. ranked.GetColumn<VBuffer<uint>>(ColumnNames.Targets).Select(keys => KeyVectors.Rows(keys))];
        string[] ids = [.. Enumerable.Range(1, targets.Length).Select(row => FormattableString.Invariant($"row {row}"))];
        string[]? conversations = ranked.Schema.GetColumnOrNull(ColumnNames.Conversation) is null ? null : [.. ranked.GetColumn<string>(ColumnNames.Conversation)];
        return Evaluator.Evaluate(new Holdout("ranked", rankings.ItemCount, ids, targets, conversations), rankings, plan);
    }
}
