using Data;
using Data.Splitting;
using Data.Views;
using Microsoft.ML;
using Trainers;
using Workbench.Llm;

namespace Workbench.MlNet;

/// <summary>A linked dataset as data views over one catalogue: conversation items with at least one rating, as the paper's.</summary>
public sealed class DatasetCatalog
{
    private readonly LinkedDataset _whole;
    private readonly Catalogue _catalogue;

    internal DatasetCatalog(LinkedDataset dataset)
    {
        _whole = dataset;
        bool talks = dataset.Turns.Count > 0;
        _catalogue = CatalogueRestriction.Apply(dataset, talks ? CatalogueKind.Rated : CatalogueKind.All, trainAll: false);
    }

    /// <summary>The catalogue; item keys are positions in it plus one.</summary>
    public IReadOnlyList<Item> Items => _catalogue.Dataset.Items;

    /// <summary>User, Item (keys with key values), Rating, Timestamp.</summary>
    public IDataView Ratings => DatasetViews.OfInteractions(_catalogue.Dataset.Ratings, _catalogue.Dataset.Users, Items);

    /// <summary>Turn, Conversation, Context (texts), Mentioned, Targets and LlmItems (key vectors) of one split.</summary>
    /// <param name="model">with recorded replies, whose titles are matched to items; null leaves LlmItems empty</param>
    /// <exception cref="UserErrorException">The dataset has no replies of that model.</exception>
    public IDataView Turns(Split split, string? model = null)
    {
        Turn[] turns = [.. _catalogue.Dataset.Turns.Where(turn => turn.Split == split)];
        return DatasetViews.OfTurns(turns, Items, model is null ? null : Named(turns, model));
    }

    private int[][] Named(Turn[] turns, string model)
    {
        if (!_whole.Replies.TryGetValue(model, out IReadOnlyList<LlmReply>? replies))
            throw new UserErrorException($"the dataset `{_whole.Name}` has no recorded replies of `{model}` (it has: {string.Join(", ", _whole.Replies.Keys.Order(StringComparer.Ordinal))})");
        var matcher = new TitleMatcher(_whole.Items, _whole.Ratings.CountItems());
        Dictionary<string, int[]> lists = replies
            .ToDictionary(reply => reply.Turn, reply => (int[])[.. matcher.Match(reply.Reply).Items.Select(item => _catalogue.RowOf[item]).Where(row => row >= 0)]);
        return [.. turns.Select(turn => lists.GetValueOrDefault(turn.Id, []))];
    }
}
