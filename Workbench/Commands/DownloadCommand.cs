using System.CommandLine;
using Data.Downloads;
using Trainers;

namespace Workbench.Commands;

/// <summary><c>workbench data download</c>: a published dataset from its home, checked, with its licence accepted.</summary>
internal static class DownloadCommand
{
    internal static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = $"the dataset: {string.Join(", ", DatasetSources.Published.Select(source => source.Name))}" };
        var accept = new Option<bool>("--accept-licence") { Description = "the licence that is shown has been read and is accepted; without it nothing is fetched" };
        var output = new Option<string?>("--out") { Description = "a folder that gets a copy of the files; without it they are used where they are kept", HelpName = "DIR" };
        var cache = new Option<string?>("--cache")
        {
            Description = $"the folder that keeps what was downloaded, for all programs; default: what the environment variable {CacheFolder.Variable} says, else one in the user's cache directory",
            HelpName = "DIR",
        };
        var sources = new Option<string?>("--sources") { Description = "a file in the form of Data/Downloads/sources.yaml whose addresses step in the place of the publishers', e.g. a mirror's", HelpName = "FILE" };
        var command = new Command("download", "Download a published dataset, check it, and say what reads it. It goes on where it was cut off.") { name, accept, output, cache, sources };
        command.SetAction(async (parsed, cancellation) =>
        {
            DatasetSource source = DatasetSources.Require(DatasetSources.With(parsed.GetValue(sources)), parsed.GetValue(name)!);
            CommandLine.Say($"{source.Name}: {source.Title}");
            foreach (SourceLicence licence in source.Licences)
                CommandLine.Say($"licence: {licence.Name}, {licence.Url}: {licence.Use}");
            if (!parsed.GetValue(accept))
            {
                string places = string.Join(" and ", source.Licences.Select(licence => licence.Url.AbsoluteUri));
                throw new UserErrorException($"{source.Name} has conditions of use, shown above: read them at {places}, and accept them by --accept-licence; nothing was fetched");
            }

            await Fetch(source, CacheFolder.Of(parsed.GetValue(cache)), parsed.GetValue(output), cancellation);
            return CommandLine.Success;
        });
        return command;
    }

    private static async Task Fetch(DatasetSource source, string cache, string? output, CancellationToken cancellation)
    {
        var lines = new DownloadLines(TimeProvider.System, Console.Error.WriteLine);
        using var downloader = new Downloader(new TransferSettings(), TimeProvider.System, lines.Report, Console.Error.WriteLine);
        string folder = Path.Combine(cache, source.Name);
        IReadOnlyList<DownloadedFile> files = await downloader.FetchAsync(source, folder, cancellation);
        foreach (DownloadedFile file in files)
        {
            string whose = file.IsPublished ? "as published" : "ours, since none is published";
            CommandLine.Say(FormattableString.Invariant($"{Path.GetFileName(file.Path)}: {file.Bytes:N0} bytes, {file.Checksum}, {whose}{(file.WasThere ? "; it was there already" : "")}"));
        }

        if (output is not null)
            files = DatasetCopy.Make(files, output, cancellation);
        foreach (string note in source.Notes)
            CommandLine.Say($"note: {note}");
        string path = DatasetCopy.ImportPath(source, files);
        CommandLine.Say($"ready: {path}");
        CommandLine.Say($"next: {Next(source, path)}");
    }

    /// <summary>The command that reads it.</summary>
    private static string Next(DatasetSource source, string path)
    {
        string quoted = path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '\\' or ':' or '-' or '_' or '.') ? path : $"\"{path}\"";
        return source.Kind == SourceKind.Ratings
            ? $"workbench data import {quoted} --out data/{source.Name}"
            : $"workbench link --ratings RATINGS --conversations {quoted} --out data/{source.Name}, where RATINGS is e.g. what `workbench data download ml-25m` makes ready";
    }
}
