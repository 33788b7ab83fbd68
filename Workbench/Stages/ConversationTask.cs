using System.Globalization;
using Data;
using Data.Splitting;
using Data.Views;
using Evaluation;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;

namespace Workbench.Stages;

/// <summary>The items of a recommender's reply, from the dialogue before it. Rows may learn from all ratings, and from conversations of the other splits.</summary>
internal static class ConversationTask
{
    internal static TaskData Prepare(LinkedDataset dataset, Experiment experiment)
    {
        Split split = experiment.Evaluation.Split == EvaluationSplit.Test ? Split.Test : Split.Validation;
        Turn[] asked = [.. dataset.Turns.Where(turn => turn.Split == split)];
        if (asked.Length == 0)
            throw new UserErrorException($"the dataset `{dataset.Name}` has no {Named(split)} conversations: use `task: next-item`, or another `evaluation.split`");

        Catalogue catalogue = CatalogueChoice.Of(dataset, experiment);
        LinkedDataset restricted = catalogue.Dataset;
        Turn[] queries = [.. restricted.Turns.Where(turn => turn.Split == split)];
        Turn[] learnable = [.. restricted.Turns.Where(turn => turn.Split != Split.Test && turn.Split != split)];
        Interactions ratings = RatingFilters.Apply(restricted.Ratings, experiment.Filter);
        var sources = new TrainingSources(restricted.Items, ratings, restricted.Users, learnable);

        Holdout holdout = Judged($"{dataset.Name}, {Named(split)} conversations", asked, turn => turn.Targets, catalogue, restricted.Items.Count);
        Holdout repeated = Judged($"{dataset.Name}, {Named(split)} conversations, repeated", asked, turn => turn.Repeated, catalogue, restricted.Items.Count);
        var set = new QuerySet([.. queries.Select(turn => turn.Id)], queries, lists => DatasetViews.OfTurns(queries, restricted.Items, lists));
        return new TaskData(
            restricted.Items, sources, set, holdout, experiment.Evaluation.ExcludeSeen || repeated.TargetCount == 0 ? null : repeated, Mentions(learnable, restricted.Items.Count), catalogue.Candidates,
            [.. catalogue.RowOf.Select(row => row < 0 ? TaskData.OutsideCatalogue : row)],
            Counts(dataset, restricted, ratings, asked, holdout), Notes(dataset, catalogue, asked, queries, holdout));
    }

    private static Holdout Judged(string name, Turn[] asked, Func<Turn, int[]> targetsOf, Catalogue catalogue, int items) => new(
        name, items, [.. asked.Select(turn => turn.Id)],
        [.. asked.Select(turn => targetsOf(turn).Select(item => catalogue.RowOf[item]).Select(row => row < 0 || catalogue.Candidates?[row] == false ? Holdout.Unreachable : row).ToArray())],
        [.. asked.Select(turn => turn.Conversation)])
    {
        RepeatedTargets = asked.Sum(turn => turn.Repeated.Length),
    };

    /// <summary>Mentions and targets of the fit split: what popularity bands count.</summary>
    private static int[] Mentions(Turn[] learnable, int items)
    {
        Split? fit = learnable.Length == 0 ? null : learnable.Min(turn => turn.Split);
        return ConversationInteractions.Build([.. learnable.Where(turn => turn.Split == fit)], items).Interactions.CountItems();
    }

    private static Dictionary<string, long> Counts(LinkedDataset dataset, LinkedDataset restricted, Interactions ratings, Turn[] asked, Holdout holdout) => new()
    {
        ["items of the dataset"] = dataset.Items.Count,
        ["items in the catalogue"] = restricted.Items.Count,
        ["ratings"] = dataset.Ratings.Count,
        ["ratings trained on"] = ratings.Count,
        ["users of the ratings"] = dataset.Ratings.UserCount,
        ["conversations"] = dataset.Turns.Select(turn => turn.Conversation).Distinct().Count(),
        ["turns"] = dataset.Turns.Count,
        ["turns asked"] = asked.Length,
        ["targets"] = asked.Sum(turn => turn.Targets.Length),
        ["targets in the catalogue"] = holdout.TargetCount,
    };

    private static List<string> Notes(LinkedDataset dataset, Catalogue catalogue, Turn[] asked, Turn[] queries, Holdout holdout)
    {
        int targets = asked.Sum(turn => turn.Targets.Length);
        double ceiling = targets == 0 ? 0 : holdout.TargetCount / (double)targets;
        int silent = queries.Count(turn => turn.Mentioned.Length == 0);
        int mentioned = asked.Sum(turn => turn.Mentioned.Length), kept = queries.Sum(turn => turn.Mentioned.Length);
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{holdout.UnreachableTargets:N0} of {targets:N0} targets are outside the catalogue and leave the units: {ceiling:0.0 %} are reachable, the ceiling of every row in terms of all targets."),
            string.Create(CultureInfo.InvariantCulture, $"{holdout.QueriesWithoutTarget:N0} turns name no new item, {holdout.UnreachableQueries:N0} only items outside the catalogue: no units."),
            string.Create(CultureInfo.InvariantCulture, $"{holdout.RepeatedTargets:N0} items of replies had been mentioned before (the repeated condition): no targets."),
            string.Create(CultureInfo.InvariantCulture, $"{silent:N0} of {queries.Length:N0} turns mention no item of the catalogue before the reply; {mentioned - kept:N0} of {mentioned:N0} mentions are outside the catalogue."),
            string.Create(CultureInfo.InvariantCulture, $"{dataset.Ratings.Count - catalogue.Dataset.Ratings.Count:N0} of {dataset.Ratings.Count:N0} ratings are of items outside the catalogue and not trained on."),
        ];
    }

    private static string Named(Split split) => OptionName.OfMember(split);
}
