using System.Collections.Concurrent;
using Data;
using Data.Splitting;
using Data.Views;
using Microsoft.ML;
using Trainers;
using Trainers.Options;
using Workbench.Reranking.Fusion;

namespace Workbench.Stages;

/// <summary>Interactions that something may learn from, as ML.NET sees them.</summary>
/// <param name="View">User, Item, Rating, Timestamp</param>
/// <param name="Popularity">I counts</param>
/// <param name="Description">in words, for the report</param>
/// <param name="Validation">later interactions of the same users, to decide when to stop; null if there are none or they are what is asked for</param>
public sealed record TrainingData(IDataView View, float[] Popularity, string Description, IDataView? Validation = null);

/// <summary>
/// Hands out what a method's options ask for (<c>train_on</c>, <c>fit_split</c>). The test split is not in here, so it cannot be learned from.
/// </summary>
/// <param name="items">I items</param>
/// <param name="ratings">U x I, without what is held out</param>
/// <param name="users">U names</param>
/// <param name="turns">of the train and validation splits; none of the split that is evaluated</param>
/// <param name="validation">U x I, later than the ratings and not in them; null for none</param>
public sealed class TrainingSources(IReadOnlyList<Item> items, Interactions ratings, IReadOnlyList<string> users, IReadOnlyList<Turn> turns, Interactions? validation = null)
{
    /// <summary>I items</summary>
    public IReadOnlyList<Item> Items => items;

    private readonly ConcurrentDictionary<(string, Split?), Lazy<TrainingData>> _made = new();

    /// <summary>What a method with these options learns from.</summary>
    /// <exception cref="UserErrorException">The dataset does not have it.</exception>
    public TrainingData For(object options) => options switch
    {
        SourceOptions { TrainOn: TrainOn.Conversations } source => Make("conversations", SplitOf(source.FitSplit)),
        SourceOptions { TrainOn: TrainOn.Both } source => Make("both", SplitOf(source.FitSplit)),
        FitSplitOptions source and not SourceOptions => Make("targets", SplitOf(source.FitSplit)),
        _ => Make("ratings", null),
    };

    /// <summary>The split that conversations are learned from.</summary>
    /// <exception cref="UserErrorException">There are no conversations in it.</exception>
    public Split SplitOf(FitSplit asked)
    {
        Split split = asked switch
        {
            FitSplit.Train => Split.Train,
            FitSplit.Validation => Split.Validation,
            _ => turns.Any(turn => turn.Split == Split.Train) ? Split.Train : Split.Validation,
        };
        return turns.Any(turn => turn.Split == split)
            ? split
            : throw new UserErrorException($"there are no {split.ToString().ToLowerInvariant()} conversations to learn from; learn from ratings, or choose another fit_split");
    }

    /// <summary>The turns of the train and validation dialogues that may be learned from.</summary>
    internal IReadOnlyList<FittingTurn> Spoken() =>
        [.. turns.Select(turn => new FittingTurn(turn.Conversation, DatasetViews.Written(turn.Context), turn.Mentioned, turn.Targets, []))];

    private TrainingData Make(string what, Split? split) =>
        _made.GetOrAdd((what, split), _ => new Lazy<TrainingData>(() => Build(what, split))).Value;

    private TrainingData Build(string what, Split? split)
    {
        Turn[] chosen = [.. turns.Where(turn => turn.Split == split)];
        (Interactions interactions, IReadOnlyList<string> names) = what switch
        {
            "conversations" => Of(ConversationInteractions.Build(chosen, items.Count)),
            "both" => Of(ConversationInteractions.Union(ratings, users, ConversationInteractions.Build(chosen, items.Count))),
            "targets" => Of(ConversationInteractions.Targets(chosen, items.Count)),
            _ => (ratings, users),
        };
        string where = split is { } named ? $" of the {named.ToString().ToLowerInvariant()} conversations" : "";
        string kind = what switch { "targets" => "targets", "conversations" => "mentions and targets", "both" => "ratings, and mentions and targets", _ => "ratings" };
        string description = FormattableString.Invariant($"{kind}{where}: {interactions.Count:N0} by {interactions.UserCount:N0} users");
        float[] popularity = Array.ConvertAll(interactions.CountItems(), count => (float)count);
        IDataView? later = what == "ratings" && validation is not null ? DatasetViews.OfInteractions(validation, names, items) : null;
        return new TrainingData(DatasetViews.OfInteractions(interactions, names, items), popularity, description, later);
    }

    private static (Interactions, IReadOnlyList<string>) Of(UserInteractions made) => (made.Interactions, made.Users);
}
