using Data.Importers;
using Trainers;

namespace Data.Downloads;

/// <summary>Takes out of a zip what an importer reads, under the names that it knows.</summary>
internal static class Unpacking
{
    /// <summary>The files that come out of a zip, in order.</summary>
    /// <param name="zip">where it is</param>
    /// <param name="names">entry to file beside the zip</param>
    public static IReadOnlyList<string> Targets(string zip, IReadOnlyDictionary<string, string> names) =>
        [.. names.Values.Select(name => Path.Combine(Path.GetDirectoryName(zip)!, name))];

    /// <summary>Whether all of them are there, undamaged.</summary>
    /// <exception cref="UserErrorException">An entry is missing or damaged.</exception>
    public static bool IsDone(string zip, IReadOnlyDictionary<string, string> names)
    {
        if (names.Count == 0)
            return true;
        using SourceFiles files = SourceFiles.Open(zip);
        return Targets(zip, names).Zip(names.Keys).All(one => Placement.IsThere(one.First, Entry(files, one.Second, names)));
    }

    /// <param name="zip">a checked one</param>
    /// <param name="names">entry, wherever it is in the zip, to file beside the zip</param>
    /// <param name="cancellation">looked at between blocks</param>
    /// <exception cref="UserErrorException">An entry is missing or damaged.</exception>
    public static void Unpack(string zip, IReadOnlyDictionary<string, string> names, CancellationToken cancellation)
    {
        using SourceFiles files = SourceFiles.Open(zip);
        foreach ((string target, string name) in Targets(zip, names).Zip(names.Keys))
            Placement.Put(target, Entry(files, name, names), cancellation);
    }

    private static SourceFile Entry(SourceFiles files, string name, IReadOnlyDictionary<string, string> names) => files.Require(name, $"what becomes {names[name]}");
}
