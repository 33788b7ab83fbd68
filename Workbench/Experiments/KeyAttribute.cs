namespace Workbench.Experiments;

/// <summary>What a key of experiments.yaml has beyond the options of a method: the reader, the schema and the template go by it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyAttribute : Attribute
{
    /// <summary>The file must have it.</summary>
    public bool Required { get; init; }

    /// <summary>A second spelling, e.g. <c>seed</c> of <c>seeds</c>. Only one of them may be given.</summary>
    public string? Alias { get; init; }

    /// <summary>
    /// Keys of one record with different groups exclude each other. A setting of the command line wins over the file's
    /// keys of another group, so that <c>--set dataset.path=DIR</c> works on a file with a synthetic dataset.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>A text must match this regular expression of .NET and ECMAScript alike.</summary>
    public string? Pattern { get; init; }

    /// <summary>The pattern in words.</summary>
    public string? Expected { get; init; }

    /// <summary>A text is a path: relative to the folder of the file, or to the current directory if it comes from <c>--set</c>.</summary>
    public bool IsPath { get; init; }

    /// <summary>Entries are methods of the catalog of this kind.</summary>
    public string? Catalog { get; init; }

    /// <summary>A record of further keys that each entry may have beside the method's own options.</summary>
    public Type? Scope { get; init; }

    /// <summary>It says how something is done and changes no result: it stands in no label and no report, unless it is swept over.</summary>
    public bool Incidental { get; init; }

    /// <summary>Texts are metrics' names.</summary>
    public bool IsMetric { get; init; }

    /// <summary>The least number of values of a list. A list that needs some may not repeat one.</summary>
    public int MinCount { get; init; }
}
