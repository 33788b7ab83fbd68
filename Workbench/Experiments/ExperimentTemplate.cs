using System.Text;
using Trainers.Options;
using Workbench.Experiments.Binding;
using Workbench.Search;

namespace Workbench.Experiments;

/// <summary>The dataset that a new experiment file is for.</summary>
/// <param name="Path">of a linked folder, as it is to stand in the file; null for synthetic data</param>
/// <param name="HasConversations">false makes the task next-item</param>
/// <param name="Models">with recorded replies, as in llm/&lt;model&gt;.jsonl</param>
public sealed record TemplateDataset(string? Path, bool HasConversations, IReadOnlyList<string> Models)
{
    /// <summary>What it holds, a line each, to stand at its place in the file.</summary>
    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>False leaves conversations to learn from, and every item to be recommended.</summary>
    public bool HasRatings { get; init; } = true;

    /// <summary>False divides the dialogues anew: they have no test, or nothing beside it.</summary>
    public bool IsDivided { get; init; } = true;

    /// <summary>Generated data with the replies of its simulated model.</summary>
    public static TemplateDataset Synthetic(string model) => new(null, true, [model]);
}

/// <summary>A commented experiment file to begin with: every method that fits the dataset, every other key with its default in a comment.</summary>
public static class ExperimentTemplate
{
    /// <summary>YAML that reads back without errors; LF line ends.</summary>
    /// <param name="name">of the experiment</param>
    /// <param name="dataset">the data at hand</param>
    /// <param name="catalogs">what can be named</param>
    public static string For(string name, TemplateDataset dataset, ExperimentCatalogs catalogs)
    {
        var text = new StringBuilder();
        text.Append("# An experiment of the workbench: run it with `workbench run <this file>`.\n");
        text.Append("# Every mistake in it is reported with its line; `workbench schema` lets editors complete it.\n\n");
        Line(text, $"name: {name}", "the report goes to reports/<name>");
        Line(text, $"task: {(dataset.HasConversations ? "conversation" : "next-item")}", "conversation | next-item");
        Line(text, "seeds: [1]", "each row is run once per seed");
        text.Append("dataset:\n");
        if (dataset.Path is { } path)
            Line(text, $"  path: {Quoted(path)}", "a linked folder; relative to this file");
        else
            Line(text, "  synthetic: { users: 500, items: 400, ratings: 20000, conversations: 300, seed: 7 }", "generated");
        foreach (string line in dataset.Holds)
            text.Append("  # ").Append(line).Append('\n');
        if (!dataset.HasRatings)
            Line(text, "catalogue: all", "no item has a rating");
        if (dataset.HasConversations && !dataset.IsDivided)
            Line(text, "split: { by: dialogue }", "the dataset has no division of its own that could be used");
        text.Append('\n');

        Section(text, "baselines", "rows without embeddings", Entries(catalogs.Baselines, dataset));
        Section(text, "trainers", "rows of item embeddings; a list of values is a sweep: `{ dimension: [64, 128] }`",
            [.. Entries(catalogs.Trainers, dataset), .. Searched(catalogs.Trainers)]);
        if (dataset.HasConversations && dataset.Models.Count > 0)
        {
            Section(text, "llms", "rows of language models' lists, by their recorded replies", [.. dataset.Models.Select(model => $"- {model}")]);
            if (catalogs.Trainers.Entries.Count > 0)
                Section(text, "rerankers", "each with each of llms and each of trainers", Entries(catalogs.Rerankers, dataset));
            Section(text, "controls", "what a gain is made of: each model's list, filled up without embeddings", Entries(catalogs.Controls, dataset));
        }

        text.Append("# Further keys, with their defaults.\n");
        foreach (Member member in Member.Of(typeof(Experiment)).Where(member => !member.Key.Required && member.Key.Alias is null && member.Shape is not EntriesShape))
            Default(text, member);
        return text.ToString();
    }

    /// <summary>Without conversations there is nothing for a method that learns from conversations alone, and without ratings they are what is learned from.</summary>
    private static IReadOnlyList<string> Entries(ICatalog catalog, TemplateDataset dataset) =>
    [
        .. catalog.Entries.Where(entry => (dataset.HasConversations || !LearnsFromConversationsAlone(entry.OptionsType)) && NeedsNothing(entry))
            .Select(entry => dataset.HasRatings || !entry.OptionsType.IsAssignableTo(typeof(SourceOptions)) ? $"- {entry.Name}" : $"- {entry.Name}: {{ train_on: conversations }}"),
    ];

    /// <summary>How the last method that has a search space would be searched, as a comment.</summary>
    private static IEnumerable<string> Searched(ICatalog catalog)
    {
        ICatalogEntry? entry = catalog.Entries.LastOrDefault(entry => NeedsNothing(entry) && DefaultSpace.Of(entry.OptionsType).Count > 0);
        return entry is null ? [] : [$"# - {entry.Name}: auto  (its options are searched, and chosen on validation: see `search` below, and `workbench explain`)"];
    }

    /// <summary>False for a method that needs a file, or a key to an endpoint.</summary>
    internal static bool NeedsNothing(ICatalogEntry entry) =>
        !Member.Of(entry.OptionsType).Any(member => member.Name is "file" or "key_variable");

    private static bool LearnsFromConversationsAlone(Type options) =>
        options.IsAssignableTo(typeof(FitSplitOptions)) && !options.IsAssignableTo(typeof(SourceOptions));

    private static void Section(StringBuilder text, string key, string doc, IReadOnlyList<string> entries)
    {
        if (entries.Count == 0)
            return;
        Line(text, $"{key}:", doc);
        foreach (string entry in entries)
            text.Append("  ").Append(entry).Append('\n');
        text.Append('\n');
    }

    private static void Default(StringBuilder text, Member member)
    {
        if (member.Shape is RecordShape record)
        {
            Line(text, $"# {member.Name}:", member.Doc);
            foreach (Member inner in Member.Of(record.Type))
                Line(text, $"#   {inner.Name}: {Value(inner)}", Doc(inner));
            return;
        }

        Line(text, $"# {member.Name}: {Value(member)}", Doc(member));
    }

    /// <summary>The sentence, with the names to choose from.</summary>
    private static string Doc(Member member)
    {
        if (member.Shape is RecordShape { Type: var record })
            return $"{member.Doc}: {{ {string.Join(", ", Member.Of(record).Select(inner => $"{inner.Name}: {Value(inner)}"))} }}";
        Shape shape = member.Shape is ListShape list ? list.Element : member.Shape;
        return shape is ScalarShape { Spec.Choices: { Count: > 0 } choices } ? $"{string.Join(" | ", choices)}: {member.Doc}" : member.Doc;
    }

    private static string Value(Member member) => member.Default switch
    {
        null when member.Shape is RecordShape => OptionText.Of(null),
        null => "...",
        Objective objective => objective.ToString(),
        System.Collections.ICollection { Count: 0 } => "...",
        _ => OptionText.Of(member.Default),
    };

    /// <summary>Comments begin in one column where the keys let them.</summary>
    private static void Line(StringBuilder text, string yaml, string doc) =>
        text.Append(yaml.PadRight(31)).Append(" # ").Append(doc).Append('\n');

    private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
