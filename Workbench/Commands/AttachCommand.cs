using System.CommandLine;

namespace Workbench.Commands;

/// <summary><c>workbench attach STUDY</c>: goes on following a run on a cluster.</summary>
internal static class AttachCommand
{
    internal static Command Create()
    {
        var name = new Argument<string>("STUDY") { Description = "the study's name: that of the experiment" };
        var (options, place) = (new RunOptions(), new StudyOptions());
        var command = new Command("attach", "Follow a run on Slurm again, and make its report when it is done.") { name };
        options.AddToFollowing(command);
        place.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => SlurmExperiment.Attach(options.Of(parsed) with { Studies = place.Of(parsed).Folder }, place.Of(parsed), parsed.GetValue(name)!, cancellation), CancellationToken.None));
        return command;
    }
}

/// <summary><c>workbench cancel STUDY</c>: ends a run on a cluster.</summary>
internal static class CancelCommand
{
    internal static Command Create()
    {
        var name = new Argument<string>("STUDY") { Description = "the study's name: that of the experiment" };
        var place = new StudyOptions();
        var command = new Command("cancel", "End a run on Slurm: its workers give back what they had taken, and what was done is kept.") { name };
        place.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => SlurmExperiment.Cancel(place.Of(parsed), parsed.GetValue(name)!, cancellation), CancellationToken.None));
        return command;
    }
}
