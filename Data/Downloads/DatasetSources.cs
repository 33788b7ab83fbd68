using Data.Text;
using Trainers;
using Trainers.Options;

namespace Data.Downloads;

/// <summary>Where datasets are: <c>sources.yaml</c>, which the program carries within itself, and files of the same form that people give.</summary>
public static class DatasetSources
{
    private const string Resource = "downloads.sources.yaml";

    private static readonly Lazy<IReadOnlyList<DatasetSource>> Read = new(() =>
    {
        using Stream stream = typeof(DatasetSources).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return SourcesYaml.Parse(reader.ReadToEnd(), "Data/Downloads/sources.yaml");
    });

    /// <summary>The publishers' own addresses.</summary>
    public static IReadOnlyList<DatasetSource> Published => Read.Value;

    /// <summary>The publishers', in whose place a file's datasets step that have their names; those of other names come after them.</summary>
    /// <param name="file">e.g. addresses of a mirror; null for none</param>
    /// <exception cref="UserErrorException">It is no such file: the message says where.</exception>
    public static IReadOnlyList<DatasetSource> With(string? file)
    {
        if (file is null)
            return Published;
        if (!File.Exists(file))
            throw new UserErrorException("there is no such file: it names datasets as Data/Downloads/sources.yaml does", file);
        IReadOnlyList<DatasetSource> given = SourcesYaml.Parse(Utf8Text.Read(file), file);
        return [.. Published.Select(source => given.FirstOrDefault(one => one.Name == source.Name) ?? source), .. given.Where(one => Published.All(source => source.Name != one.Name))];
    }

    /// <exception cref="UserErrorException">There is no such dataset: the message lists those that there are.</exception>
    public static DatasetSource Require(IReadOnlyList<DatasetSource> sources, string name)
    {
        if (sources.FirstOrDefault(source => source.Name == name) is { } found)
            return found;
        string[] names = [.. sources.Select(source => source.Name)];
        string nearest = NearestName.Of(name, names) is { } near ? $"; did you mean `{near}`?" : "";
        throw new UserErrorException($"there is no dataset `{name}` to download{nearest} (known: {string.Join(", ", names)})");
    }
}
