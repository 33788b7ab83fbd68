using System.Globalization;
using Trainers;
using Trainers.Options;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Data.Storage;

/// <summary>The fields of one mapping of a YAML file; unknown keys are refused at once.</summary>
internal sealed class YamlFields
{
    private readonly string _path;
    private readonly YamlMappingNode _mapping;

    /// <exception cref="UserErrorException">There is a key that is none of the known ones.</exception>
    public YamlFields(YamlMappingNode mapping, string path, string[] known)
    {
        (_path, _mapping) = (path, mapping);
        foreach (YamlNode key in mapping.Children.Keys)
        {
            string name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (known.Contains(name, StringComparer.Ordinal))
                continue;
            string nearest = NearestName.Of(name, known) is { } near ? $"; did you mean `{near}`?" : "";
            throw At(key, $"there is no key `{name}`{nearest} (known: {string.Join(", ", known)})");
        }
    }

    /// <summary>The mapping that a text is.</summary>
    /// <param name="text">of one document</param>
    /// <param name="path">named in errors</param>
    /// <param name="content">what the mapping holds, for the error if it is none</param>
    /// <exception cref="UserErrorException">It is no YAML, or no mapping.</exception>
    public static YamlMappingNode Load(string text, string path, string content)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new UserErrorException($"expected one mapping with {content}", path, 1);
        }
        catch (YamlException error)
        {
            string[] lines = text.Split('\n');
            int tab = Array.FindIndex(lines, line => line.AsSpan(0, line.Length - line.TrimStart().Length).Contains('\t'));
            if (tab >= 0)
                throw new UserErrorException("a tab indents the line: use spaces", path, tab + 1, 1, error);
            string what = error.Message.ReplaceLineEndings(" ");
            throw new UserErrorException($"not valid YAML: {what}", path, error.Start.Line, (int)error.Start.Column, error);
        }
    }

    public UserErrorException Missing(string key) => At(_mapping, $"the key `{key}` is missing");

    public UserErrorException Error(string key, string what) => At(_mapping.Children[new YamlScalarNode(key)], what);

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => scalar.Value ?? "",
        var other => throw At(other, $"`{key}` must be a text"),
    };

    public long? Integer(string key) => Text(key) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value
        : throw Error(key, $"`{key}` must be a whole number, not `{text}`");

    public bool? Truth(string key) => Text(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var other => throw Error(key, $"`{key}` must be true or false, not `{other}`"),
    };

    public YamlMappingNode? Mapping(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode mapping => mapping,
        var other => throw At(other, $"`{key}` must be a mapping"),
    };

    public string[]? Texts(string key) => Find(key) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Children.Select(node =>
            node is YamlScalarNode scalar ? scalar.Value ?? "" : throw At(node, $"`{key}` must be a list of texts"))],
        var other => throw At(other, $"`{key}` must be a list"),
    };

    public YamlMappingNode[]? Mappings(string key) => Find(key) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Children.Select(node =>
            node as YamlMappingNode ?? throw At(node, $"`{key}` must be a list of mappings"))],
        var other => throw At(other, $"`{key}` must be a list"),
    };

    private YamlNode? Find(string key) => _mapping.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node) ? node : null;

    private UserErrorException At(YamlNode node, string what) => new(what, _path, node.Start.Line, (int)node.Start.Column);
}
