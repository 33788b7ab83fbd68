using Trainers;

namespace Data.Importers;

/// <summary>What happens to malformed rows: the first stops the import, or all are counted.</summary>
internal sealed class BadRows(bool skip)
{
    /// <summary>Rows left out.</summary>
    public long Skipped { get; private set; }

    public bool Skips => skip;

    /// <exception cref="UserErrorException">Malformed rows are not to be skipped.</exception>
    public void Add(string problem, string file, long line)
    {
        if (!skip)
            throw new UserErrorException($"{problem} (or leave such rows out with --skip-bad-rows)", file, line);
        Skipped++;
    }
}
