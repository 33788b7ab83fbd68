using Data;
using Trainers;
using Workbench.Reranking.Fusion.Features;
using Workbench.Reranking.Fusion.Storage;

namespace Workbench.Reranking.Fusion;

/// <summary>A fitted fusion with the items it was fitted over: can be kept in a file, and applied to other items.</summary>
public sealed class FittedFusion
{
    private const string Kind = "fusion";

    internal FittedFusion(FusionModel model, IReadOnlyList<Item> items, string description) => (Model, Items, Description) = (model, items, description);

    internal FusionModel Model { get; }

    /// <summary>I items; statistics of dialogues are by their rows.</summary>
    public IReadOnlyList<Item> Items { get; }

    /// <summary>What it was fitted on, in words.</summary>
    public string Description { get; }

    public FusionOptions Options => Model.Options;

    /// <summary>What it learned.</summary>
    public FusionLesson Lesson => FusionLesson.Of([Model]);

    /// <summary>One file: JSON with a version and a checksum; whole or not there.</summary>
    /// <exception cref="UserErrorException">The place cannot be written to.</exception>
    public void Save(string path) => FittedFile.Write(Kind, FusionRecord.Of(this), path);

    /// <exception cref="UserErrorException">The file is missing, damaged, or of another version.</exception>
    public static FittedFusion Load(string path) => FittedFile.Read<FusionRecord>(Kind, path).Fusion();

    /// <summary>Ranks other items, unchanged: statistics travel with their items, weights by the names of features.</summary>
    /// <exception cref="UserErrorException">It was fitted with a source that is not here.</exception>
    public IQueryScorer Over(FusionSources sources)
    {
        var features = new FeatureSet(sources, Options.Tier, Options.Without);
        int[] rows = ItemTravel.Rows(Items, sources.Items);
        return new FusionScorer(features, [ItemTravel.Fit(Model, features.Names, rows, sources.Items.Count)], null);
    }
}
