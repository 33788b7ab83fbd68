using System.Globalization;
using System.Text;

namespace Trainers.Storage;

/// <summary>Embeddings for TensorBoard's projector: <c>name.tsv</c>, a line of tab-separated numbers per item, and <c>name.metadata.tsv</c>, its label in the same line.</summary>
/// <remarks>A single column of labels has no header line. https://www.tensorflow.org/tensorboard/tensorboard_projector_plugin</remarks>
public static class ProjectorFiles
{
    /// <summary>Where the labels of <paramref name="path"/> are.</summary>
    public static string MetadataPath(string path) => Path.ChangeExtension(path, ".metadata.tsv");

    /// <summary>Writes both files, the labels first: the ids, or what they are called.</summary>
    /// <param name="path">of the vectors</param>
    /// <param name="table">I x D</param>
    /// <param name="labels">I texts, such as titles; null: the ids. A tab or line break in one becomes a space, for the format knows no quotes.</param>
    /// <exception cref="ArgumentException">There are not I labels.</exception>
    /// <exception cref="UserErrorException">A file cannot be written.</exception>
    public static void Write(string path, EmbeddingTable table, IReadOnlyList<string>? labels = null)
    {
        labels ??= table.Ids;
        if (labels.Count != table.Ids.Count)
            throw new ArgumentException($"{labels.Count} labels do not name {table.Ids.Count} items.", nameof(labels));
        WriteLines(MetadataPath(path), labels.Select(label => label.ReplaceLineEndings(" ").Replace('\t', ' ')));
        WriteLines(path, Enumerable.Range(0, table.Ids.Count).Select(item => Line(table.Embeddings[item])));
    }

    private static string Line(ReadOnlySpan<float> vector)
    {
        var line = new StringBuilder();
        foreach (float value in vector)
            line.Append(line.Length > 0 ? "\t" : "").Append(value.ToString(CultureInfo.InvariantCulture));
        return line.ToString();
    }

    private static void WriteLines(string path, IEnumerable<string> lines) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        foreach (string line in lines)
            text.WriteLine(line);
    });
}
