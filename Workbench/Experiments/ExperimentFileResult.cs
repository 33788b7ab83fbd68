using Trainers;

namespace Workbench.Experiments;

/// <summary>An experiment, or everything that is wrong with its file.</summary>
/// <param name="Experiment">null if there are errors</param>
/// <param name="Errors">in the order of the file, then those of the command line's settings; empty if there is an experiment</param>
public sealed record ExperimentFileResult(Experiment? Experiment, IReadOnlyList<FileError> Errors)
{
    /// <summary>The experiment.</summary>
    /// <exception cref="UserErrorException">There are errors; the message has one per line.</exception>
    public Experiment Require() => Experiment ?? throw new UserErrorException(string.Join('\n', Errors));
}
