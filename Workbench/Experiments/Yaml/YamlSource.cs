using System.Globalization;

namespace Workbench.Experiments.Yaml;

/// <summary>Where a piece of YAML comes from: the experiment file, or one <c>--set</c> of the command line.</summary>
/// <param name="Name">as errors give it: the file's path as it was written, or <c>--set dataset.path</c></param>
/// <param name="Folder">what relative paths in it are relative to</param>
/// <param name="Order">0 for the file, 1, 2, ... for the settings of the command line</param>
public sealed record YamlSource(string Name, string Folder, int Order)
{
    public bool IsSetting => Order > 0;
}

/// <summary>A place in a source.</summary>
/// <param name="Source">the file or the setting</param>
/// <param name="Line">1-based; 0 means the file as a whole</param>
/// <param name="Column">1-based, in UTF-16 units</param>
public readonly record struct YamlMark(YamlSource Source, int Line, int Column)
{
    /// <summary><c>experiments.yaml:12:5</c>, or <c>--set dataset.path</c>: the value of a setting is too short to need a column.</summary>
    public override string ToString() =>
        Source.IsSetting || Line == 0 ? Source.Name : string.Create(CultureInfo.InvariantCulture, $"{Source.Name}:{Line}:{Column}");
}
