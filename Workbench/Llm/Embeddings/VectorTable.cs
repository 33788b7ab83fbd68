using Trainers;
using Trainers.Storage;

namespace Workbench.Llm.Embeddings;

/// <summary>Vectors by name, from a file.</summary>
internal sealed class VectorTable
{
    private readonly EmbeddingTable _table;
    private readonly Dictionary<string, int> _rows;

    private VectorTable(EmbeddingTable table) =>
        (_table, _rows) = (table, table.Ids.Select((id, row) => (id, row)).ToDictionary(pair => pair.id, pair => pair.row, StringComparer.Ordinal));

    public int Dimension => _table.Embeddings.Dimension;

    /// <exception cref="UserErrorException">It cannot be read.</exception>
    public static VectorTable Read(string file) => new(EmbeddingFiles.Read(file));

    /// <exception cref="UserErrorException">Its vectors have another length than those of <paramref name="other"/>.</exception>
    public VectorTable Like(VectorTable other, string file) => Dimension == other.Dimension ? this
        : throw new UserErrorException($"has vectors of {Dimension} numbers, the items' have {other.Dimension}: both must be of one model", file);

    /// <summary>Zeros for a name that is not there.</summary>
    public float[] Of(string name) => _rows.TryGetValue(name, out int row) ? _table.Embeddings[row].ToArray() : new float[Dimension];

    /// <summary>Of all names, row-major.</summary>
    /// <exception cref="UserErrorException">The file has none of them.</exception>
    public float[] Of(IReadOnlyList<string> names, string file, string kind) => names.Any(_rows.ContainsKey) ? [.. names.SelectMany(Of)]
        : throw new UserErrorException($"has no vector of any {kind} of this dataset: its ids must be those of items.csv (the first is `{(_table.Ids.Count > 0 ? _table.Ids[0] : "")}`)", file);
}
