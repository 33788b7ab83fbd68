using System.Globalization;
using Data;
using Data.Splitting;
using Data.Views;
using Evaluation;
using Trainers;
using Workbench.Experiments;

namespace Workbench.Stages;

/// <summary>
/// A user's next item from the items before it. At test: trained on all but the last two, the validation item joins history and mask
/// (<c>train_through: validation</c> trains on it too); until then it may decide when a training stops. At validation: trained on and asked with
/// all but the last two, and what is asked for decides nothing.
/// </summary>
internal static class NextItemTask
{
    internal static TaskData Prepare(LinkedDataset dataset, Experiment experiment)
    {
        Catalogue catalogue = CatalogueChoice.Of(dataset, experiment);
        Filtered filtered = RatingFilters.Compact(catalogue, experiment.Filter);
        HeldOut held = Divide(filtered.Ratings, experiment);
        string[] ids = [.. held.Users.Select(user => filtered.Users[user])];
        if (ids.Length == 0)
            throw new UserErrorException($"no user of `{dataset.Name}` has enough ratings to hold one out: lower the filter, or bring more data");

        var holdout = new Holdout($"{dataset.Name}, next item", filtered.Items.Count, ids, held.Targets);
        var sources = new TrainingSources(filtered.Items, held.Train, filtered.Users, [], held.Validation);
        var queries = new QuerySet(ids, null, _ => DatasetViews.OfHistories(ids, filtered.Items, held.Histories, held.Targets));
        return new TaskData(
            filtered.Items, sources, queries, holdout, null, held.Train.CountItems(), filtered.Candidates, filtered.RowOf,
            new Dictionary<string, long>
            {
                ["users"] = filtered.Ratings.UserCount,
                ["items"] = filtered.Items.Count,
                ["ratings"] = dataset.Ratings.Count,
                ["interactions after filters"] = filtered.Ratings.Count,
                ["interactions trained on"] = held.Train.Count,
                ["users asked"] = ids.Length,
            },
            [
                string.Create(CultureInfo.InvariantCulture, $"{filtered.Ratings.UserCount - ids.Length:N0} of {filtered.Ratings.UserCount:N0} users have too few interactions to hold one out: trained on, not asked."),
                string.Create(CultureInfo.InvariantCulture, $"{dataset.Ratings.Count - filtered.Ratings.Count:N0} of {dataset.Ratings.Count:N0} ratings were left out by catalogue and filters."),
            ]);
    }

    /// <param name="Train">what may be learned from</param>
    /// <param name="Validation">what may decide when to stop; null if nothing may</param>
    /// <param name="Users">who is asked</param>
    /// <param name="Histories">per asked user, oldest first</param>
    /// <param name="Targets">per asked user</param>
    private sealed record HeldOut(Interactions Train, Interactions? Validation, int[] Users, int[][] Histories, int[][] Targets);

    private static HeldOut Divide(Interactions ratings, Experiment experiment)
    {
        bool test = experiment.Evaluation.Split == EvaluationSplit.Test;
        NextItemSplit split = experiment.Split.By == SplitBy.GlobalTime
            ? GlobalTimeSplit.Split(ratings, experiment.Split.Quantile!.Value)
            : LeaveLastOut.Split(ratings);
        bool through = test && experiment.TrainThrough == TrainThrough.Validation;
        Interactions train = through ? split.TrainWithValidation() : split.Train;
        var (users, histories, targets) = (new List<int>(), new List<int[]>(), new List<int[]>());
        for (int user = 0; user < ratings.UserCount; user++)
        {
            int[] target = test ? split.TestItems(user) : split.ValidationItems(user);
            int[] history = test ? [.. split.Train.ItemsOf(user), .. split.ValidationItems(user)] : split.Train.ItemsOf(user).ToArray();
            if (target.Length == 0 || history.Length == 0)
                continue;
            users.Add(user);
            histories.Add(history);
            targets.Add(target);
        }

        return new HeldOut(train, test && !through ? split.Validation() : null, [.. users], [.. histories], [.. targets]);
    }
}
