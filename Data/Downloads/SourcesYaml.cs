using Data.Storage;
using Trainers;
using YamlDotNet.RepresentationModel;

namespace Data.Downloads;

/// <summary>Reads files such as sources.yaml. Strict: unknown, repeated and missing keys are errors with file:line:column.</summary>
internal static class SourcesYaml
{
    private static readonly (string Key, ChecksumKind Kind)[] Checksums = [("md5", ChecksumKind.Md5), ("sha256", ChecksumKind.Sha256), ("git_blob", ChecksumKind.GitBlob)];

    /// <exception cref="UserErrorException">It is no such file.</exception>
    public static IReadOnlyList<DatasetSource> Parse(string text, string path)
    {
        YamlMappingNode root = YamlFields.Load(text, path, "a key for each dataset, e.g. `ml-25m`");
        var sources = new List<DatasetSource>();
        foreach ((YamlNode key, YamlNode value) in root.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || !IsPlainName(name))
                throw At(key, path, $"`{key}` is no name of a dataset: use letters, digits, `-`, `_` and `.`");
            if (value is not YamlMappingNode mapping)
                throw At(value, path, $"`{name}` must be a mapping with title, kind, licences and files");
            sources.Add(Dataset(name, mapping, path));
        }

        return sources;
    }

    private static DatasetSource Dataset(string name, YamlMappingNode mapping, string path)
    {
        var fields = new YamlFields(mapping, path, ["title", "kind", "licences", "files", "notes"]);
        RemoteFile[] files = [.. NotEmpty(fields, "files").Select(file => FileOf(file, path))];
        string[] names = [.. files.SelectMany(file => file.Unpack.Values.Append(file.Name))];
        if (names.GroupBy(one => one, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw fields.Error("files", $"two files would be named `{twice.Key}`: give them different names");
        return new DatasetSource(
            name,
            fields.Text("title") ?? throw fields.Missing("title"),
            (fields.Text("kind") ?? throw fields.Missing("kind")) switch
            {
                "ratings" => SourceKind.Ratings,
                "conversations" => SourceKind.Conversations,
                var other => throw fields.Error("kind", $"`kind` must be ratings or conversations, not `{other}`"),
            },
            [.. NotEmpty(fields, "licences").Select(licence => LicenceOf(licence, path))],
            files,
            fields.Texts("notes") ?? []);
    }

    private static SourceLicence LicenceOf(YamlMappingNode mapping, string path)
    {
        var fields = new YamlFields(mapping, path, ["name", "url", "use"]);
        return new SourceLicence(
            fields.Text("name") ?? throw fields.Missing("name"),
            Address(fields, "url") ?? throw fields.Missing("url"),
            fields.Text("use") ?? throw fields.Missing("use"));
    }

    private static RemoteFile FileOf(YamlMappingNode mapping, string path)
    {
        var fields = new YamlFields(mapping, path, ["name", "url", "checksum_url", "unpack", .. Checksums.Select(one => one.Key)]);
        string name = fields.Text("name") ?? throw fields.Missing("name");
        if (!IsPlainName(name))
            throw fields.Error("name", $"`{name}` is no plain file name: use letters, digits, `-`, `_` and `.`");
        Checksum? checksum = null;
        foreach ((string key, ChecksumKind kind) in Checksums)
        {
            if (fields.Text(key) is { } hex)
                checksum = Checksum.Of(kind, hex) ?? throw fields.Error(key, $"`{key}` must be {Checksum.Digits(kind)} hexadecimal digits, not `{hex}`");
        }

        var unpack = new Dictionary<string, string>();
        foreach ((YamlNode entry, YamlNode target) in fields.Mapping("unpack")?.Children ?? new YamlMappingNode().Children)
        {
            if (entry is not YamlScalarNode { Value: { } from } || target is not YamlScalarNode { Value: { } to } || !IsPlainName(from) || !IsPlainName(to))
                throw At(entry, path, "`unpack` must map names of entries to plain file names");
            unpack.Add(from, to);
        }

        return new RemoteFile(name, Address(fields, "url") ?? throw fields.Missing("url"), checksum, Address(fields, "checksum_url"), unpack);
    }

    private static YamlMappingNode[] NotEmpty(YamlFields fields, string key) =>
        fields.Mappings(key) switch
        {
            null => throw fields.Missing(key),
            [] => throw fields.Error(key, $"`{key}` is empty"),
            var list => list,
        };

    private static Uri? Address(YamlFields fields, string key) => fields.Text(key) switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" => address,
        var text => throw fields.Error(key, $"`{key}` must be an address that begins with https:// or http://, not `{text}`"),
    };

    /// <summary>Names become files in the cache, so none may lead out of it.</summary>
    private static bool IsPlainName(string name) =>
        name.Length is > 0 and <= 200 && name[0] != '.' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static UserErrorException At(YamlNode node, string path, string what) => new(what, path, node.Start.Line, (int)node.Start.Column);
}
