using Data;
using Data.Importers;
using Data.Linking;
using Data.Storage;
using Data.Synthetic;
using Workbench.Experiments;

namespace Workbench.Stages;

/// <summary>A dataset, and what was left out or noticed while it was loaded.</summary>
public sealed record LoadedDataset(LinkedDataset Dataset, IReadOnlyList<string> Notes);

/// <summary>Generates, reads or links the dataset of an experiment.</summary>
internal static class DatasetLoading
{
    internal static LoadedDataset Load(DatasetOptions options, RunContext context)
    {
        if (options.Path is { } folder)
        {
            context.Observer.StageBegins($"reading {folder}");
            DatasetReading reading = DatasetReader.Read(folder, new DatasetReadOptions(Threads: context.Threads), null, context.Cancellation);
            return new LoadedDataset(reading.Dataset, reading.Notes);
        }

        if (options.Ratings.Count > 0 || options.Conversations is not null)
            return Link(options, context);

        context.Observer.StageBegins("generating the synthetic dataset");
        LinkedDataset synthetic = SyntheticDataset.Generate(options.Synthetic ?? new SyntheticOptions(), context.Cancellation);
        return new LoadedDataset(Fingerprint.Stamp(synthetic, context.Threads), []);
    }

    private static LoadedDataset Link(DatasetOptions options, RunContext context)
    {
        var import = new RatingsImportOptions { ImdbLinks = options.ImdbLinks, Threads = context.Threads };
        var ratings = new List<RatingsSource>();
        foreach (string path in options.Ratings)
        {
            context.Observer.StageBegins($"importing {path}");
            ratings.Add(RatingsImporter.Open(path, import, null, context.Cancellation));
        }

        ConversationSource? conversations = null;
        if (options.Conversations is { } spoken)
        {
            context.Observer.StageBegins($"importing {spoken}");
            conversations = ConversationImporter.Open(spoken, null, context.Cancellation);
        }

        context.Observer.StageBegins("linking");
        LinkedSources linked = DatasetAssembly.Link(ratings, conversations, context.Threads);
        return new LoadedDataset(Fingerprint.Stamp(linked.Dataset, context.Threads), linked.Notes);
    }
}
