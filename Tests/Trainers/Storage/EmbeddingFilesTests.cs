using System.Buffers.Binary;
using System.Text;
using Tests.Trainers.Kernels;
using Trainers;
using Trainers.Storage;

namespace Tests.Trainers.Storage;

public sealed class EmbeddingFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("embeddings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    private static EmbeddingTable Table(int count, int dimension)
    {
        float[] values = Some.Floats(new Random(count), count * dimension);
        if (values.Length > 3)
            (values[0], values[1], values[2]) = (float.MinValue, float.Epsilon, -0f);
        return new EmbeddingTable(new ItemEmbeddings(count, dimension, values), [.. Enumerable.Range(0, count).Select(i => $"tt{i:0000000} \"Amélie, «é»\" 映画")]);
    }

    [Theory]
    [InlineData("e.safetensors", 7, 5)]
    [InlineData("e.safetensors", 0, 5)]
    [InlineData("e.safetensors", 3000, 17)]
    [InlineData("e.npy", 7, 5)]
    [InlineData("e.npy", 0, 5)]
    [InlineData("e.npy", 3000, 17)]
    public void What_is_written_is_read_to_the_bit(string name, int count, int dimension)
    {
        EmbeddingTable table = Table(count, dimension);
        EmbeddingFiles.Write(In(name), table);
        EmbeddingTable read = EmbeddingFiles.Read(In(name));
        Assert.Equal(table.Ids, read.Ids);
        Assert.Equal((count, dimension), (read.Embeddings.Count, read.Embeddings.Dimension));
        Some.SameBits(table.Embeddings.Values, read.Embeddings.Values);
        Assert.DoesNotContain(Directory.GetFiles(_folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_npy_file_has_the_published_layout()
    {
        EmbeddingFiles.Write(In("e.npy"), new EmbeddingTable(new ItemEmbeddings(2, 1, [1f, -2f]), ["a", "b"]));
        byte[] bytes = File.ReadAllBytes(In("e.npy"));
        Assert.Equal("\u0093NUMPY\u0001\u0000", Encoding.Latin1.GetString(bytes[..8]));
        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Assert.Equal(0, (10 + length) % 64);
        string header = Encoding.ASCII.GetString(bytes, 10, length);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", header.TrimEnd());
        Assert.EndsWith("\n", header, StringComparison.Ordinal);
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], bytes[(10 + length)..]);
        Assert.Equal("a\nb\n", File.ReadAllText(In("e.ids.txt")));
    }

    [Fact]
    public void A_safetensors_file_has_the_published_layout()
    {
        EmbeddingFiles.Write(In("e.safetensors"), new EmbeddingTable(new ItemEmbeddings(2, 1, [1f, -2f]), ["a", "b"]));
        byte[] bytes = File.ReadAllBytes(In("e.safetensors"));
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"ids":"a\nb"},"item_embeddings":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}""",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], bytes[(8 + length)..]);
    }

    [Theory]
    [InlineData("e.safetensors")]
    [InlineData("e.npy")]
    public void A_file_cut_anywhere_is_refused_in_one_line(string name)
    {
        EmbeddingFiles.Write(In(name), Table(4, 3));
        byte[] whole = File.ReadAllBytes(In(name));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(In(name), whole[..length]);
            var e = Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(In(name)));
            Assert.Equal(In(name), e.File);
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Theory]
    [InlineData("e.safetensors", "{}", "has no tensor `item_embeddings`")]
    [InlineData("e.safetensors", """{"item_embeddings":{"dtype":"F16","shape":[1,1],"data_offsets":[0,2]}}""", "`item_embeddings` is F16, only F32 can be read")]
    [InlineData("e.safetensors", """{"item_embeddings":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "`item_embeddings` has the shape [1], not items x dimension")]
    [InlineData("e.safetensors", """{"item_embeddings":{"dtype":"F32","shape":["a",1],"data_offsets":[0,4]}}""", "is no safetensors file or damaged")]
    [InlineData("e.safetensors", """{"item_embeddings":{}}""", "is no safetensors file or damaged")]
    public void Something_else_is_refused(string name, string header, string problem)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(In(name), [.. length, .. Encoding.UTF8.GetBytes(header), 0, 0, 0, 0]);
        Assert.Contains(problem, Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(In(name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_do_not_fit_are_refused()
    {
        EmbeddingFiles.Write(In("e.npy"), Table(4, 3));
        File.WriteAllText(In("e.ids.txt"), "a\nb\n");
        Assert.Equal($"{In("e.ids.txt")}: has 2 ids for the 4 rows of e.npy", Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(In("e.npy"))).Message);
        File.WriteAllText(In("e.ids.txt"), "a\nb\nb\nc\n");
        Assert.Contains("`b` occurs twice", Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(In("e.npy"))).Message, StringComparison.Ordinal);
        File.Delete(In("e.ids.txt"));
        Assert.Equal(["0", "1", "2", "3"], EmbeddingFiles.Read(In("e.npy")).Ids);
        Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(In("missing.npy")));
        Assert.Throws<UserErrorException>(() => EmbeddingFiles.Read(In("e.bin")));
        Assert.Throws<UserErrorException>(() => EmbeddingFiles.Write(In("no/such/folder/e.safetensors"), Table(1, 1)));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        File.WriteAllText(In("x.txt"), "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(In("x.txt"), stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(In("x.txt")));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Ids_must_be_lines_and_distinct()
    {
        var one = new ItemEmbeddings(1, 1, [0f]);
        Assert.Throws<ArgumentException>(() => new EmbeddingTable(one, []));
        Assert.Throws<ArgumentException>(() => new EmbeddingTable(one, ["a\nb"]));
        Assert.Throws<ArgumentException>(() => new EmbeddingTable(one, [""]));
        Assert.Throws<ArgumentException>(() => new EmbeddingTable(new ItemEmbeddings(2, 1, [0f, 0f]), ["a", "a"]));
    }
}
