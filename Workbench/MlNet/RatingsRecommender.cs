using Baselines;
using Microsoft.ML;
using Trainers;
using Trainers.Kernels;

namespace Workbench.MlNet;

/// <summary>The recommender of ratings that a fusion asks: EASE, or cosine neighbours where items are too many to invert.</summary>
internal sealed class RatingsRecommender(TrainingRun run)
{
    /// <param name="interactions">User and Item</param>
    /// <exception cref="UserErrorException">The memory budget is too small.</exception>
    internal IHistoryScorer Fit(IDataView interactions)
    {
        Interactions read = InteractionReader.Read(interactions, run.Threads, out _);
        IBaseline baseline = read.ItemCount <= SymmetricMatrix.MaxSize ? new Ease(new EaseOptions()) : new ItemKnn(new ItemKnnOptions());
        return baseline.Fit(read, run);
    }
}
