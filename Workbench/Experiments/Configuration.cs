using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Trainers.Options;
using Workbench.Experiments.Yaml;
using Workbench.Search;

namespace Workbench.Experiments;

/// <summary>A method with all its options: one row, or one part of a row.</summary>
/// <param name="Kind">of the catalog: baseline, trainer, llm, reranker, control</param>
/// <param name="Name">in the catalog; of an llm the model</param>
/// <param name="Options">an instance of the catalog entry's options record</param>
/// <param name="Label">the name with what differs from the defaults or is swept, e.g. <c>most-popular (half_life_days=365)</c></param>
/// <param name="Where">of its entry in the file</param>
public sealed partial record Configuration(string Kind, string Name, object Options, string Label, YamlMark Where)
{
    /// <summary>Which LLMs and embeddings a reranker is applied to; null for other kinds.</summary>
    public RerankerScope? Scope { get; init; }

    /// <summary>What is searched: <see cref="Options"/> then have the values of all other options. Null if nothing is.</summary>
    public SearchSpace? Space { get; init; }

    /// <summary>Why it has no values for its options: their search failed. Null if it has.</summary>
    internal string? Failure { get; init; }

    /// <exception cref="Trainers.UserErrorException">Its options were searched, in vain.</exception>
    internal void RequireOptions()
    {
        if (Failure is not null)
            throw new Trainers.UserErrorException(Failure);
    }

    /// <summary>Throws a <see cref="Trainers.UserErrorException"/> for options that do not fit each other.</summary>
    internal Func<object, object>? Make { get; init; }

    /// <summary>Names of options that labels always show.</summary>
    internal IReadOnlyCollection<string> Swept { get; init; } = [];

    /// <summary>The configuration at a point of <see cref="Space"/>.</summary>
    /// <exception cref="Trainers.UserErrorException">The options do not fit each other; samplers never propose such.</exception>
    public Configuration At(Assignment assignment)
    {
        object options = AssignedOptions.Of(Options, assignment);
        Make?.Invoke(options);
        string[] swept = [.. Swept, .. assignment.Values.Select(value => value.Key)];
        return this with { Options = options, Space = null, Swept = swept, Label = LabelOf(Name, options, swept) };
    }

    /// <summary><c>sasrec (searched)</c>, <c>matrix-factorization (algorithm=bpr, searched)</c>; a label that says so already stays.</summary>
    /// <param name="label">of a searched entry</param>
    /// <param name="number">from 2, told too</param>
    internal static string SearchedLabel(string label, int number = 1)
    {
        if (SaysSearched().IsMatch(label))
            return label;
        string searched = number == 1 ? "searched" : string.Create(CultureInfo.InvariantCulture, $"searched {number}");
        return label.EndsWith(')') ? $"{label[..^1]}, {searched})" : $"{label} ({searched})";
    }

    [GeneratedRegex(@"[( ]searched( [0-9]+)?\)$", RegexOptions.CultureInvariant)]
    private static partial Regex SaysSearched();

    /// <summary>Whether an option says what is done, not only how.</summary>
    internal static bool IsEssential(OptionSpec spec) => KeyOf(spec) is not { Incidental: true };

    /// <summary>An option's value as labels and reports show it: of a path its last part, as the rest is a matter of the machine.</summary>
    internal static object? Shown(OptionSpec spec, object options) =>
        spec.Get(options) is string path && IsPath(spec) ? Path.GetFileName(path) : spec.Get(options);

    internal static string LabelOf(string name, object options, IReadOnlyCollection<string> swept)
    {
        string[] parts = [.. OptionSpecs.Of(options.GetType())
            .Where(spec => swept.Contains(spec.Name) || (IsEssential(spec) && OptionText.Of(spec.Get(options)) != OptionText.Of(spec.Default)))
            .Select(spec => $"{spec.Name}={OptionText.Of(Shown(spec, options))}")];
        return parts.Length == 0 ? name : $"{name} ({string.Join(", ", parts)})";
    }

    /// <summary>Whether an option names a file or folder.</summary>
    internal static bool IsPath(OptionSpec spec) => KeyOf(spec) is { IsPath: true };

    private static KeyAttribute? KeyOf(OptionSpec spec) => spec.Property.GetCustomAttribute<KeyAttribute>();
}

/// <summary>What a reranker's entry may say beside its options.</summary>
public sealed record RerankerScope
{
    [Option("the LLMs whose lists it reranks, by model; default: all of `llms`"), Key(MinCount = 1)]
    public IReadOnlyList<string>? Llms { get; init; }

    [Option("the trainers whose embeddings it uses, by name or label; default: all of `trainers`"), Key(MinCount = 1)]
    public IReadOnlyList<string>? Embeddings { get; init; }

    internal bool CoversLlm(Configuration llm) => Llms is null || Llms.Contains(llm.Name) || Llms.Contains(llm.Label);

    internal bool CoversEmbeddings(Configuration trainer) =>
        Embeddings is null || Embeddings.Contains(trainer.Name) || Embeddings.Contains(trainer.Label);
}
