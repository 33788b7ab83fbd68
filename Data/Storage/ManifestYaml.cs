using System.Globalization;
using System.Text;
using Trainers;
using Trainers.Options;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Data.Storage;

/// <summary>Writes and reads dataset.yaml. Reading is strict: unknown, repeated and missing keys are errors with file:line:column.</summary>
internal static class ManifestYaml
{
    private static readonly string[] Keys = ["format", "name", "synthetic", "sources", "licences", "linking", "counts", "fingerprint"];

    public static string Write(Manifest manifest)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"format: {Manifest.Format}\n");
        text.Append(CultureInfo.InvariantCulture, $"name: {Quote(manifest.Name)}\n");
        text.Append(CultureInfo.InvariantCulture, $"synthetic: {(manifest.Synthetic ? "true" : "false")}\n");
        AppendList(text, "sources", manifest.Sources);
        AppendList(text, "licences", manifest.Licences);
        if (manifest.Linking is not null)
            text.Append(CultureInfo.InvariantCulture, $"linking: {Quote(manifest.Linking)}\n");
        text.Append("counts:\n");
        foreach (string name in Manifest.CountNames.Where(manifest.Counts.ContainsKey))
            text.Append(CultureInfo.InvariantCulture, $"  {name}: {manifest.Counts[name]}\n");
        if (manifest.Fingerprint is { } fingerprint)
            text.Append(CultureInfo.InvariantCulture, $"fingerprint: {fingerprint}\n");
        return text.ToString();
    }

    /// <exception cref="UserErrorException">The file is no such manifest, or of a later format.</exception>
    public static Manifest Read(string path)
    {
        var root = new YamlFields(Parse(path), path, Keys);
        long format = root.Integer("format") ?? throw root.Missing("format");
        if (format > Manifest.Format)
            throw root.Error("format", $"format {format} is of a later version of the workbench, this one reads {Manifest.Format}: use that version");
        if (format < 1)
            throw root.Error("format", $"format {format} does not exist");

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        if (root.Mapping("counts") is { } mapping)
        {
            var fields = new YamlFields(mapping, path, Manifest.CountNames);
            foreach (string name in Manifest.CountNames)
            {
                if (fields.Integer(name) is not { } count)
                    continue;
                counts[name] = count >= 0 ? count : throw fields.Error(name, $"the count {count} is negative");
            }
        }

        return new Manifest(
            root.Text("name") ?? throw root.Missing("name"),
            root.Truth("synthetic") ?? throw root.Missing("synthetic"),
            root.Texts("sources") ?? throw root.Missing("sources"),
            root.Texts("licences") ?? throw root.Missing("licences"),
            root.Text("linking"),
            counts,
            root.Text("fingerprint"));
    }

    private static YamlMappingNode Parse(string path)
    {
        string text = Utf8Text.Read(path);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new UserErrorException($"expected one mapping with the keys {string.Join(", ", Keys)}", path, 1);
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

    private static void AppendList(StringBuilder text, string key, IReadOnlyList<string> values)
    {
        text.Append(key).Append(values.Count == 0 ? ": []\n" : ":\n");
        foreach (string value in values)
            text.Append(CultureInfo.InvariantCulture, $"  - {Quote(value)}\n");
    }

    /// <summary>A double-quoted scalar, so that no text is mistaken for a number, a truth value or a comment.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The fields of one mapping; unknown keys are refused at once.</summary>
    private sealed class YamlFields
    {
        private readonly string _path;
        private readonly YamlMappingNode _mapping;

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

        private YamlNode? Find(string key) => _mapping.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node) ? node : null;

        private UserErrorException At(YamlNode node, string what) => new(what, _path, node.Start.Line, (int)node.Start.Column);
    }
}
