using Tests.Trainers.Kernels;
using Trainers;
using Trainers.Storage;

namespace Tests.Trainers.Storage;

public sealed class TextEmbeddingFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("text-embeddings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    private string Text(string text)
    {
        File.WriteAllText(In("e.vec"), text);
        return In("e.vec");
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(0, 5)]
    [InlineData(1000, 17)]
    public void Word2vec_text_is_read_to_the_bit(int count, int dimension)
    {
        float[] values = Some.Floats(new Random(count), count * dimension);
        if (values.Length > 3)
            (values[0], values[1], values[2]) = (float.MinValue, float.Epsilon, -0f);
        var table = new EmbeddingTable(new ItemEmbeddings(count, dimension, values), [.. Enumerable.Range(0, count).Select(i => $"é{i}\"映画")]);
        EmbeddingFiles.Write(In("e.vec"), table);
        EmbeddingTable read = EmbeddingFiles.Read(In("e.vec"));
        Assert.Equal(table.Ids, read.Ids);
        Assert.Equal((count, dimension), (read.Embeddings.Count, read.Embeddings.Dimension));
        Some.SameBits(values, read.Embeddings.Values);
    }

    [Fact]
    public void Word2vec_text_has_the_published_layout()
    {
        EmbeddingFiles.Write(In("e.vec"), new EmbeddingTable(new ItemEmbeddings(2, 2, [1f, -2.5f, 0f, 1e-7f]), ["a", "b"]));
        Assert.Equal("2 2\na 1 -2.5\nb 0 1E-07\n", File.ReadAllText(In("e.vec")));
        Assert.Equal([1f, 2f], EmbeddingFiles.Read(Text("1 2\nx 1 2 \n")).Embeddings.Values);
    }

    [Theory]
    [InlineData("", 1, "must begin with")]
    [InlineData("2 x\n", 1, "must begin with")]
    [InlineData("-1 2\n", 1, "must begin with")]
    [InlineData("2 2\na 1 2\n", 3, "ends after 1 of 2 items")]
    [InlineData("1 2\na 1\n", 2, "has 1 numbers instead of 2")]
    [InlineData("1 2\na 1 one\n", 2, "`one` is no number")]
    [InlineData("1 1\na 1\nb 2\n", 3, "has more than the 1 items")]
    public void Something_else_is_refused_with_its_line(string text, int line, string problem)
    {
        var e = Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(Text(text)));
        Assert.Equal((In("e.vec"), (long?)line), (e.File, e.Line));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_word2vec_text_cannot_hold_is_refused()
    {
        var table = new EmbeddingTable(new ItemEmbeddings(1, 1, [0f]), ["Toy Story"]);
        Assert.Contains("the id `Toy Story` has a space", Assert.Throws<UserErrorException>(() => EmbeddingFiles.Write(In("e.vec"), table)).Message, StringComparison.Ordinal);
        Assert.Contains("`a` occurs twice", Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(Text("2 1\na 1\na 2\n"))).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(In("missing.vec")));
    }

    [Fact]
    public void The_projector_gets_vectors_and_labels_line_by_line()
    {
        var table = new EmbeddingTable(new ItemEmbeddings(2, 3, [1f, -2.5f, 0f, 3f, 4f, 1e-7f]), ["a", "b"]);
        EmbeddingFiles.Write(In("e.tsv"), table);
        Assert.Equal("1\t-2.5\t0\n3\t4\t1E-07\n", File.ReadAllText(In("e.tsv")));
        Assert.Equal("a\nb\n", File.ReadAllText(In("e.metadata.tsv")));
        ProjectorFiles.Write(In("e.tsv"), table, ["Tab\there", "Line\nbreak"]);
        Assert.Equal("Tab here\nLine break\n", File.ReadAllText(In("e.metadata.tsv")));
        Assert.Throws<ArgumentException>(() => ProjectorFiles.Write(In("e.tsv"), table, ["a"]));
        Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(In("e.tsv")));
    }
}
