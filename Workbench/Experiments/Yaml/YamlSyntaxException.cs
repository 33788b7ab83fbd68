namespace Workbench.Experiments.Yaml;

/// <summary>A text that is no YAML of ours; reading stops at the first. Never leaves this folder's callers: it becomes a <see cref="FileError"/>.</summary>
internal sealed class YamlSyntaxException(YamlMark mark, string message) : Exception(message)
{
    public YamlMark Mark { get; } = mark;

    public FileError ToError() => new(Mark, Message);
}
