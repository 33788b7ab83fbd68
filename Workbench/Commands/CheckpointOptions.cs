using System.CommandLine;
using Trainers;
using Trainers.Checkpoints;

namespace Workbench.Commands;

/// <summary>Where a command's training keeps its state: <c>--checkpoint FILE [--checkpoint-every SECONDS] [--keep-checkpoint]</c>.</summary>
internal sealed class CheckpointOptions
{
    private readonly Option<string?> _file = new("--checkpoint")
    {
        Description = "keep the state between epochs in this file, and go on from it if it is there; removed when all is done",
        HelpName = "FILE",
    };

    private readonly Option<double> _every = new("--checkpoint-every")
    {
        Description = "so many seconds at least between two checkpoints; 0: after every epoch",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<bool> _keep = new("--keep-checkpoint")
    {
        Description = "leave the checkpoint there in the end; where epochs are all alike, a longer training can go on from it",
    };

    internal void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_every);
        command.Add(_keep);
    }

    /// <summary>The training leaves the file in its place until its result has been written, which may fail too.</summary>
    /// <param name="parsed">the command line</param>
    /// <param name="output">another file, that the command writes</param>
    internal TrainingCheckpoint? Of(ParseResult parsed, string output)
    {
        if (parsed.GetValue(_file) is not { } file)
        {
            return parsed.GetResult(_every) is { Implicit: false } || IsKept(parsed)
                ? throw new UserErrorException("--checkpoint-every and --keep-checkpoint need --checkpoint FILE")
                : null;
        }

        double seconds = parsed.GetValue(_every);
        if (seconds is not (>= 0 and <= 1e7))
            throw new UserErrorException("--checkpoint-every must be from 0 to 10000000 seconds");
        if (Path.GetFullPath(file) == Path.GetFullPath(output))
            throw new UserErrorException("is to be the result as well as the checkpoint: name two files", file);
        return new TrainingCheckpoint(file, TimeSpan.FromSeconds(seconds), keep: true)
        {
            Resumed = epoch => CommandLine.Say(FormattableString.Invariant($"goes on after epoch {epoch}, from {file}")),
        };
    }

    internal bool IsKept(ParseResult parsed) => parsed.GetValue(_keep);

    /// <summary>One line for whoever has interrupted a training.</summary>
    internal static string HowToGoOn(TrainingCheckpoint place) => (File.Exists(place.Path), place.Epoch) switch
    {
        (false, _) => $"interrupted: no epoch was kept in {place.Path} yet, the same command begins anew",
        (true, 0) => $"interrupted: the same command goes on from {place.Path}",
        (true, var epoch) => FormattableString.Invariant($"interrupted: epoch {epoch} is kept in {place.Path}, the same command goes on from there"),
    };
}
