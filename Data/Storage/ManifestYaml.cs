using System.Globalization;
using System.Text;
using Data.Text;
using Trainers;

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
        var root = new YamlFields(YamlFields.Load(Utf8Text.Read(path), path, $"the keys {string.Join(", ", Keys)}"), path, Keys);
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
}
