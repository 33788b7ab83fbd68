using System.CommandLine;
using Workbench.Experiments;

namespace Workbench.Commands;

/// <summary><c>workbench schema</c>: the JSON Schema of experiments.yaml, for editors.</summary>
internal static class SchemaCommand
{
    internal static Command Create()
    {
        var command = new Command("schema", "Print the JSON Schema of experiment files, so that editors complete them.");
        command.SetAction(_ =>
        {
            CommandLine.Say(ExperimentSchema.ToJson(Catalogs.All));
            return CommandLine.Success;
        });
        return command;
    }
}
