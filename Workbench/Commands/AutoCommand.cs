using System.CommandLine;
using Data;
using Data.Storage;
using Evaluation.Export;
using Trainers;
using Workbench.Experiments;

namespace Workbench.Commands;

/// <summary><c>workbench auto</c>: data, an objective and a budget; out comes the best pipeline, with the evidence.</summary>
internal static class AutoCommand
{
    internal static Command Create()
    {
        var data = new Option<string>("--data") { Description = "the folder of a linked dataset", HelpName = "DIR", Required = true };
        var budget = new Option<string>("--budget") { Description = "no trial begins after so long, e.g. 30m or 2h", HelpName = "TIME", Required = true };
        var objective = new Option<string>("--objective") { Description = "what is searched for", DefaultValueFactory = _ => "ndcg@10", HelpName = "METRIC@K" };
        var name = new Option<string?>("--name") { Description = "of the experiment; default: auto-<folder>", HelpName = "NAME" };
        var options = new RunOptions();
        var command = new Command("auto", "Search every method on a dataset within a budget of time, and report the best of each.") { data, budget, objective, name };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                string folder = parsed.GetValue(data)!;
                string called = parsed.GetValue(name) ?? $"auto-{Slug(Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)))}";
                LinkedDataset dataset = DatasetReader.Read(folder, new DatasetReadOptions(Threads: Environment.ProcessorCount), null, cancellation).Dataset;
                string text = AutoExperiment.Of(called, Path.GetFullPath(folder), dataset, parsed.GetValue(objective)!, parsed.GetValue(budget)!);
                string file = $"{called}.yaml";
                if (File.Exists(file) && File.ReadAllText(file) != text)
                    throw new UserErrorException("it is there already, with another content: run it with `workbench run`, remove it, or choose another --name", file);
                AtomicFile.Write(file, writer => writer.Write(text));
                CommandLine.Complain($"wrote {file}, which `workbench run` runs again");
                return ExperimentRun.Read(file, options.Settings(parsed)) is { } experiment
                    ? ExperimentRun.Of(experiment, options.Of(parsed), cancellation)
                    : CommandLine.UsersMistake;
            },
            CancellationToken.None));
        return command;
    }

    private static string Slug(string name)
    {
        string slug = new string([.. name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');
        return slug.Length == 0 ? "data" : slug;
    }
}
