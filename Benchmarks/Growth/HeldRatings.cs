using Data;
using Data.Splitting;
using Data.Views;
using Evaluation;
using Microsoft.ML;

namespace Benchmarks.Growth;

/// <summary>Each user's last rating is asked for, as the task next-item asks at validation.</summary>
internal sealed record HeldRatings(IDataView Training, IDataView Queries, Holdout Targets, int Ratings, int Users, int Items)
{
    internal static HeldRatings Of(LinkedDataset dataset)
    {
        NextItemSplit split = LeaveLastOut.Split(dataset.Ratings);
        int[] asked = [.. Enumerable.Range(0, dataset.Ratings.UserCount).Where(user => split.TestItems(user).Length > 0)];
        string[] names = [.. asked.Select(user => dataset.Users[user])];
        int[][] targets = [.. asked.Select(user => split.TestItems(user))];
        IDataView queries = DatasetViews.OfHistories(names, dataset.Items, [.. asked.Select(user => split.Train.ItemsOf(user).ToArray())], targets);
        var holdout = new Holdout("last items", dataset.Items.Count, names, targets);
        return new HeldRatings(DatasetViews.OfInteractions(split.Train, dataset.Users, dataset.Items), queries, holdout, split.Train.Count, asked.Length, dataset.Items.Count);
    }
}
