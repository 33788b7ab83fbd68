using Workbench.Experiments.Yaml;

namespace Workbench.Experiments;

/// <summary>A mistake in an experiment file or in a setting of the command line.</summary>
/// <param name="Where">the place</param>
/// <param name="Message">one line: what is wrong and what was expected</param>
public sealed record FileError(YamlMark Where, string Message)
{
    /// <summary><c>experiments.yaml:12:5: there is no option `dimensoin` ...</c></summary>
    public override string ToString() => $"{Where}: {Message}";
}
