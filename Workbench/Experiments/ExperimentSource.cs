namespace Workbench.Experiments;

/// <summary>What an experiment was read from, whole: enough to read it again in another program.</summary>
/// <param name="Name">of the file, as it was given</param>
/// <param name="Folder">what relative paths in it are relative to</param>
/// <param name="Text">of the file</param>
/// <param name="Settings">of the command line, each <c>key=value</c></param>
/// <param name="SettingsFolder">what relative paths in settings are relative to</param>
public sealed record ExperimentSource(string Name, string Folder, string Text, IReadOnlyList<string> Settings, string SettingsFolder);
