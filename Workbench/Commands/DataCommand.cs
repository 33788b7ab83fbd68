using System.CommandLine;
using Data;
using Data.Importers;
using Data.Linking;
using Data.Storage;
using Data.Synthetic;
using Trainers.Options;

namespace Workbench.Commands;

/// <summary><c>workbench data download|synth|stats|import</c>.</summary>
internal static class DataCommand
{
    internal static Command Create() => new("data", "Download, make, look at and import datasets.") { DownloadCommand.Create(), Synth(), Stats(), Import() };

    /// <summary>Its options are those of <see cref="SyntheticOptions"/>: <c>--users</c>, <c>--popularity-exponent</c> and so on.</summary>
    private static Command Synth()
    {
        Option<string> output = SharedOptions.Out("the dataset's folder");
        Option<int> threads = SharedOptions.Threads();
        var gzip = new Option<bool>("--gzip") { Description = "write interactions.csv.gz" };
        var command = new Command("synth", "Generate a linked dataset at any scale.") { output, threads, gzip };
        IReadOnlyList<OptionSpec> specs = OptionSpecs.Of(typeof(SyntheticOptions));
        Option<string?>[] options = OptionValues.AddTo(command, specs);

        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var settings = OptionValues.Bind(new SyntheticOptions(), specs, [.. options.Select(option => parsed.GetValue(option))]);
                LinkedDataset dataset = SyntheticDataset.Generate(settings, cancellation);
                DatasetWriter.Write(dataset, parsed.GetValue(output)!, new DatasetWriteOptions(parsed.GetValue(gzip), parsed.GetValue(threads)), null, cancellation);
                CommandLine.Say(FormattableString.Invariant($"wrote {parsed.GetValue(output)}: {dataset.Ratings.Count:N0} ratings, {dataset.Turns.Count:N0} turns (synthetic)"));
                return CommandLine.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static Command Stats()
    {
        var folder = new Argument<string>("DIR") { Description = "a linked dataset" };
        Option<bool> skip = SharedOptions.SkipBadRows();
        var command = new Command("stats", "Show what a linked dataset holds.") { folder, skip };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                DatasetReading reading = DatasetReader.Read(
                    parsed.GetValue(folder)!, new DatasetReadOptions(SkipBadRows: parsed.GetValue(skip), Threads: Environment.ProcessorCount), null, cancellation);
                foreach (string line in DatasetStatistics.Lines(reading.Dataset))
                    CommandLine.Say(line);
                foreach (string note in reading.Notes)
                    CommandLine.Say($"note: {note}");
                return CommandLine.Success;
            },
            CancellationToken.None));
        return command;
    }

    /// <summary>Ratings alone become a dataset, for the task next-item.</summary>
    private static Command Import()
    {
        var path = new Argument<string>("PATH") { Description = "folder, zip or CSV/TSV file of ratings" };
        Option<string> output = SharedOptions.Out("the dataset's folder");
        Option<bool> skip = SharedOptions.SkipBadRows();
        Option<int> threads = SharedOptions.Threads();
        var links = new Option<string?>("--imdb-links") { Description = "a links.csv that gives MovieLens ids their IMDb ids", HelpName = "FILE" };
        var columns = new Option<string?>("--columns")
        {
            Description = "for a CSV or TSV of no known format: user=COLUMN,item=COLUMN[,rating=COLUMN][,time=COLUMN], by header or by number from 1",
            HelpName = "MAP",
        };
        var command = new Command("import", "Import ratings without conversations.") { path, output, skip, threads, links, columns };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var options = new RatingsImportOptions
                {
                    SkipBadRows = parsed.GetValue(skip),
                    ImdbLinks = parsed.GetValue(links),
                    Columns = ColumnMapText.Parse(parsed.GetValue(columns)),
                    Threads = parsed.GetValue(threads),
                };
                LinkedSources linked = ImportScreen.Show(screen => Import(parsed.GetValue(path)!, options, parsed.GetValue(output)!, screen, cancellation));
                foreach (string note in linked.Notes)
                    CommandLine.Say(note);
                CommandLine.Say(FormattableString.Invariant($"wrote {parsed.GetValue(output)}: {linked.Dataset.Ratings.Count:N0} ratings"));
                return CommandLine.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static LinkedSources Import(string path, RatingsImportOptions options, string output, ImportScreen screen, CancellationToken cancellation)
    {
        LinkedSources linked = Read(path, options, screen, cancellation);
        DatasetWriter.Write(linked.Dataset, output, new DatasetWriteOptions(Threads: options.Threads, Cache: true), screen, cancellation);
        return linked;
    }

    /// <summary>In a method of its own, so that the columns as they stood in the file are free when the dataset is written.</summary>
    private static LinkedSources Read(string path, RatingsImportOptions options, ImportScreen screen, CancellationToken cancellation)
    {
        RatingsSource source = RatingsImporter.Open(path, options, screen, cancellation);
        screen.Begin("sorting by user and time");
        return DatasetAssembly.Link([source], null, options.Threads);
    }
}
