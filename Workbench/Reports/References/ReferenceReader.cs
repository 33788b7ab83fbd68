using System.Globalization;
using Trainers;
using Workbench.Experiments;
using Workbench.Experiments.Yaml;

namespace Workbench.Reports.References;

/// <summary>Reads the files of <c>experiments/reference</c>, which the program carries within itself.</summary>
public static class ReferenceReader
{
    private const string Prefix = "reference.";

    private static readonly Lazy<IReadOnlyList<ReferenceTable>> Read = new(() =>
        [.. typeof(ReferenceReader).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(OfResource)]);

    /// <summary>Those of the program.</summary>
    public static IReadOnlyList<ReferenceTable> All => Read.Value;

    /// <param name="yaml">the text</param>
    /// <param name="file">named in errors</param>
    /// <exception cref="UserErrorException">It is no such file: with the line of the first mistake.</exception>
    public static ReferenceTable Parse(string yaml, string file)
    {
        var errors = new List<FileError>();
        try
        {
            YamlNode root = YamlReader.Read(yaml, new YamlSource(file, ".", 0), errors);
            return errors.Count > 0 ? throw Wrong(errors[0].Where, errors[0].Message) : Table(root);
        }
        catch (YamlSyntaxException error)
        {
            throw Wrong(error.Mark, error.Message);
        }
    }

    private static ReferenceTable OfResource(string name)
    {
        using Stream stream = typeof(ReferenceReader).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), $"experiments/reference/{name[Prefix.Length..]}");
    }

    private static ReferenceTable Table(YamlNode node)
    {
        YamlMapping root = Mapping(node, "name", "source", "dataset", "remarks", "rows");
        YamlMapping dataset = Mapping(Get(root, "dataset"), "sources", "items", "catalogue", "split");
        string items = Text(Get(dataset, "items"));
        return new ReferenceTable(
            Text(Get(root, "name")), Text(Get(root, "source")),
            new ReferenceDataset(
                [.. Items(Get(dataset, "sources")).Select(Text)],
                long.TryParse(items, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : throw Wrong(Get(dataset, "items").Mark, "`items` must be a number"),
                Text(Get(dataset, "catalogue")), Text(Get(dataset, "split"))),
            [.. root.Find("remarks") is { } remarks ? Items(remarks.Value).Select(Text) : []],
            [.. Items(Get(root, "rows")).Select(Row)]);
    }

    private static ReferenceRow Row(YamlNode node)
    {
        YamlMapping row = Mapping(node, "model", "protocol", "ours", "figures");
        YamlNode figures = Get(row, "figures");
        return new ReferenceRow(
            Text(Get(row, "model")), Text(Get(row, "protocol")),
            row.Find("ours") is { } ours ? Mapping(ours.Value).Entries.ToDictionary(entry => entry.Key, entry => Text(entry.Value)) : [],
            Mapping(figures).Entries.ToDictionary(entry => entry.Key, entry => Figure(entry.Value)));
    }

    private static ReferenceFigure Figure(YamlNode node)
    {
        YamlNode[] parts = [.. Items(node)];
        return parts.Length == 2 ? new ReferenceFigure(Number(parts[0]), Number(parts[1])) : throw Wrong(node.Mark, "a figure is written [mean, standard error]");
    }

    private static double Number(YamlNode node) => double.TryParse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
        ? value : throw Wrong(node.Mark, "expected a number");

    private static IReadOnlyList<YamlNode> Items(YamlNode node) => node is YamlSequence sequence ? sequence.Items : throw Wrong(node.Mark, "expected a list");

    private static string Text(YamlNode node) => node is YamlScalar { IsNull: false } scalar ? scalar.Text : throw Wrong(node.Mark, "expected a text");

    private static YamlNode Get(YamlMapping mapping, string key) => mapping.Find(key)?.Value ?? throw Wrong(mapping.Mark, $"`{key}` is missing");

    private static YamlMapping Mapping(YamlNode node, params string[] keys)
    {
        YamlMapping mapping = node as YamlMapping ?? throw Wrong(node.Mark, "expected keys with values");
        return keys.Length > 0 && mapping.Entries.FirstOrDefault(entry => !keys.Contains(entry.Key)) is { } unknown
            ? throw Wrong(unknown.KeyMark, $"`{unknown.Key}` is not known here; known: {string.Join(", ", keys)}")
            : mapping;
    }

    private static UserErrorException Wrong(YamlMark mark, string message) => new(message, mark.Source.Name, mark.Line);
}
