using System.Globalization;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>Counts what an import leaves out or decides, so that nothing is dropped silently.</summary>
/// <param name="skipBadRows">count malformed rows instead of refusing the first</param>
internal sealed class ImportNotes(bool skipBadRows)
{
    private const int MostExamples = 50;

    private readonly List<(string File, string What)> _order = [];
    private readonly Dictionary<(string File, string What), long> _counts = [];
    private readonly Dictionary<(string File, string What), List<string>> _examples = [];

    /// <summary>Adds to a count; told as "file: count what". A count of 0 is told too.</summary>
    public void Count(string file, string what, long by = 1)
    {
        (string, string) key = (file, what);
        if (_counts.TryAdd(key, 0))
            _order.Add(key);
        _counts[key] += by;
    }

    /// <summary>Counts 1, and lists the case behind the count: each distinct one, up to <see cref="MostExamples"/>.</summary>
    public void List(string file, string what, string example)
    {
        Count(file, what);
        if (!_examples.TryGetValue((file, what), out List<string>? list))
            _examples[(file, what)] = list = [];
        if (list.Count <= MostExamples && !list.Contains(example))
            list.Add(list.Count < MostExamples ? example : "...");
    }

    /// <summary>A malformed row: counted if that was asked for, thrown otherwise.</summary>
    public void Refuse(UserErrorException error)
    {
        if (!skipBadRows)
            throw error;
        List(Path.GetFileName(error.File ?? ""), "malformed rows skipped", $"line {error.Line}: {error.What}");
    }

    /// <summary>In the order in which the counts were begun.</summary>
    public IReadOnlyList<string> ToList() => [.. _order.Select(Tell)];

    private string Tell((string File, string What) key)
    {
        string count = _counts[key].ToString("N0", CultureInfo.InvariantCulture);
        string examples = _examples.TryGetValue(key, out List<string>? list) ? ": " + string.Join("; ", list) : "";
        return $"{key.File}: {count} {key.What}{examples}";
    }
}
