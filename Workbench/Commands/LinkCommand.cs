using System.CommandLine;
using Data.Importers;
using Data.Linking;
using Data.Storage;
using Evaluation.Export;

namespace Workbench.Commands;

/// <summary><c>workbench link</c>: ratings and conversations become one dataset on disk, with a report of what was linked.</summary>
internal static class LinkCommand
{
    internal static Command Create()
    {
        var ratings = new Option<string[]>("--ratings") { Description = "folder or zip of ratings (MovieLens in any format); repeatable", HelpName = "DIR", Required = true };
        var links = new Option<string?>("--imdb-links") { Description = "a links.csv that gives MovieLens ids their IMDb ids", HelpName = "FILE" };
        var conversations = new Option<string>("--conversations") { Description = "folder of conversations (ReDIAL, INSPIRED, Reddit-Movie)", HelpName = "DIR", Required = true };
        Option<string> output = SharedOptions.Out("the dataset's folder");
        Option<bool> skip = SharedOptions.SkipBadRows();
        Option<int> threads = SharedOptions.Threads();
        var command = new Command("link", "Link conversations with ratings and write the dataset.") { ratings, links, conversations, output, skip, threads };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(
                parsed.GetValue(ratings)!, parsed.GetValue(links), parsed.GetValue(conversations)!, parsed.GetValue(output)!,
                parsed.GetValue(skip), parsed.GetValue(threads), cancellation),
            CancellationToken.None));
        return command;
    }

    private static int Run(
        string[] ratings, string? links, string conversations, string output, bool skip, int threads, CancellationToken cancellation)
    {
        var import = new RatingsImportOptions { SkipBadRows = skip, ImdbLinks = links, Threads = threads };
        var sources = new List<RatingsSource>();
        foreach (string path in ratings)
        {
            sources.Add(RatingsImporter.Open(path, import, null, cancellation));
            CommandLine.Say(FormattableString.Invariant($"{sources[^1].Name}: {sources[^1].Ratings.Count:N0} ratings of {sources[^1].Items.Count:N0} items"));
        }

        ConversationSource spoken = ConversationImporter.Open(conversations, new ConversationImportOptions { SkipBadRows = skip }, cancellation);
        CommandLine.Say(FormattableString.Invariant($"{spoken.Name}: {spoken.Turns.Count:N0} turns, {spoken.Items.Count:N0} items"));
        LinkedSources linked = DatasetAssembly.Link(sources, spoken, threads);
        DatasetWriter.Write(linked.Dataset, output, new DatasetWriteOptions(Threads: threads, Cache: true), null, cancellation);
        AtomicFile.Write(Path.Combine(output, "link-report.md"), writer => writer.Write(linked.Report.ToMarkdown()));
        foreach (string note in linked.Notes)
            CommandLine.Say(note);
        CommandLine.Say($"wrote {output}; the report is {Path.Combine(output, "link-report.md")}");
        return CommandLine.Success;
    }
}
