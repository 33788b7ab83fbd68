using Trainers;

namespace Data.Storage;

/// <summary>What to do with a malformed row: refuse the file, or count the row and go on.</summary>
/// <param name="allowed">true for <c>--skip-bad-rows</c></param>
internal sealed class SkippedRows(bool allowed)
{
    private const int ExamplesKept = 5;
    private readonly List<string> _examples = [];

    public bool Allowed => allowed;

    public long Count { get; private set; }

    /// <summary>The first few, each with its file:line.</summary>
    public IReadOnlyList<string> Examples => _examples;

    /// <exception cref="UserErrorException">Rows may not be skipped.</exception>
    public void Add(UserErrorException error)
    {
        if (!allowed)
            throw error;
        Count++;
        if (_examples.Count < ExamplesKept)
            _examples.Add(error.Message);
    }

    /// <summary>Rows that are wrong together and have no line each.</summary>
    public void AddUnlisted(long count, string what)
    {
        Count += count;
        _examples.Add($"{count} {what}");
    }
}
