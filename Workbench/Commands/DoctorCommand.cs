using System.CommandLine;
using Workbench.Stages;

namespace Workbench.Commands;

/// <summary><c>workbench doctor</c>: what this machine and this build have.</summary>
internal static class DoctorCommand
{
    internal static Command Create()
    {
        var command = new Command("doctor", "Show versions, which ML.NET is in use, the processor and the memory.");
        command.SetAction(_ =>
        {
            foreach ((string name, string value) in Circumstances.Versions())
                CommandLine.Say($"{name}: {value}");
            CommandLine.Say($"machine: {Circumstances.Machine()}");
            CommandLine.Say(FormattableString.Invariant($"memory for rows by default: {MachineMemory.Available / 1e9:0.0} GB"));
            return CommandLine.Success;
        });
        return command;
    }
}
