using System.CommandLine;
using Evaluation.Export;
using Trainers;
using Workbench.Experiments;

namespace Workbench.Commands;

/// <summary><c>workbench init</c>: a commented experiment file to start from.</summary>
internal static class InitCommand
{
    internal static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "the folder of a linked dataset; without it the synthetic one", HelpName = "DIR" };
        var file = new Option<string>("--out") { Description = "the file to write", DefaultValueFactory = _ => "experiments.yaml", HelpName = "FILE" };
        var command = new Command("init", "Write a commented experiment file for the dataset at hand.") { data, file };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            if (File.Exists(path))
                throw new UserErrorException("it is there already: choose another file with --out, or remove it", path);
            string text = ExperimentTemplate.Write(parsed.GetValue(data), Catalogs.All);
            AtomicFile.Write(path, writer => writer.Write(text));
            CommandLine.Say($"wrote {path}; next: workbench run {path}");
            return CommandLine.Success;
        });
        return command;
    }
}
