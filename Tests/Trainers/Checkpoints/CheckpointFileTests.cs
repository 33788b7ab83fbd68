using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tests.Data;
using Trainers;
using Trainers.Checkpoints;
using Trainers.Storage;

namespace Tests.Trainers.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public CheckpointFileTests() => _path = _folder["state"];

    public void Dispose() => _folder.Dispose();

    private static TrainingIdentity Identity(string method = "counting") =>
        new(method, new SasrecOptions { Dropout = 0.25 }, Planted.Of(3, [[0, 1], [2]]), new TrainingRun(Seed: 18_000_000_000_000_000_000)) { LengthOption = "Epochs" };

    private static CountingTraining Trained(int length, int epochs)
    {
        var training = new CountingTraining(length);
        for (int epoch = 1; epoch <= epochs; epoch++)
            training.RunEpoch(epoch);
        return training;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100_003)] // Longer than what is written at once,
    [InlineData(2_500_001)] // and than what is read at once.
    public void What_is_written_is_read_to_the_bit(int length)
    {
        CountingTraining training = Trained(length, 3);
        CheckpointFile.Write(_path, Identity(), training, 3);
        Assert.Equal(["state"], _folder.Files());
        var read = new CountingTraining(length);
        Assert.Equal(3, CheckpointFile.Read(_path, Identity(), read));
        Assert.Equal(training.Counts, read.Counts);
        Assert.Equal(training.Floats, read.Floats);
        Assert.Equal(training.Ints, read.Ints);
    }

    [Fact]
    public void It_is_a_safetensors_file_that_ends_in_its_checksum()
    {
        CheckpointFile.Write(_path, Identity(), Trained(7, 3), 3);
        byte[] bytes = File.ReadAllBytes(_path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, length));
        Dictionary<string, string> metadata = header.RootElement.GetProperty("__metadata__").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        Assert.Equal(("workbench-checkpoint 1", "3", "counting", "18000000000000000000", "0.25", "none"),
            (metadata["format"], metadata["epoch"], metadata["method"], metadata["seed"], metadata["option.dropout"], metadata["option.negatives"]));
        Assert.False(metadata.ContainsKey("option.epochs"));
        Assert.Equal("""{"dtype":"I64","shape":[1],"data_offsets":[0,8]}""", header.RootElement.GetProperty("epochs").GetRawText());
        Assert.Equal("""{"dtype":"F32","shape":[7],"data_offsets":[16,44]}""", header.RootElement.GetProperty("floats").GetRawText());
        Assert.Equal("""{"dtype":"U8","shape":[32],"data_offsets":[64,96]}""", header.RootElement.GetProperty("checksum").GetRawText());
        Assert.Equal(8 + length + 96, bytes.Length);
        Assert.Equal(SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32)), bytes[^32..]);
    }

    [Fact]
    public void Cut_or_changed_anywhere_it_is_refused_in_one_line()
    {
        CheckpointFile.Write(_path, Identity(), Trained(7, 3), 3);
        byte[] whole = File.ReadAllBytes(_path);
        Assert.InRange(whole.Length, 500, 5_000);
        var random = new Random(5);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= (byte)(1 << random.Next(8));
            foreach (byte[] other in (byte[][])[whole[..at], changed])
            {
                File.WriteAllBytes(_path, other);
                var e = Assert.Throws<UserErrorException>(() => CheckpointFile.Read(_path, Identity(), new CountingTraining(7)));
                Assert.Equal($"{_path}: is no checkpoint, or is damaged: name another file, or delete it to begin anew", e.Message);
            }
        }

        File.WriteAllBytes(_path, [.. whole, 0]);
        Assert.Throws<UserErrorException>(() => CheckpointFile.Read(_path, Identity(), new CountingTraining(7)));
    }

    [Fact]
    public void Another_state_is_refused()
    {
        CheckpointFile.Write(_path, Identity(), Trained(7, 3), 3);
        Assert.Contains("is damaged", Assert.Throws<UserErrorException>(() => CheckpointFile.Read(_path, Identity(), new CountingTraining(8))).Message, StringComparison.Ordinal);
        Assert.Contains("is a checkpoint of counting, not of other:", Assert.Throws<UserErrorException>(() => CheckpointFile.Read(_path, Identity("other"), new CountingTraining(7))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_format_is_refused_though_its_checksum_is_right()
    {
        CheckpointFile.Write(_path, Identity(), Trained(7, 3), 3);
        byte[] bytes = File.ReadAllBytes(_path);
        bytes[bytes.AsSpan().IndexOf("workbench-checkpoint 1"u8) + 21] = (byte)'2';
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32), bytes.AsSpan(bytes.Length - 32));
        File.WriteAllBytes(_path, bytes);
        Assert.Equal(
            $"{_path}: is of the format `workbench-checkpoint 2`, this program reads `workbench-checkpoint 1`: delete it to begin anew",
            Assert.Throws<UserErrorException>(() => CheckpointFile.Read(_path, Identity(), new CountingTraining(7))).Message);
    }

    [Fact]
    public void Someone_elses_file_is_refused_and_left_alone()
    {
        EmbeddingFiles.Write(_folder["e.safetensors"], new EmbeddingTable(new ItemEmbeddings(2, 1, [1f, 2f]), ["a", "b"]));
        byte[] before = File.ReadAllBytes(_folder["e.safetensors"]);
        var run = new TrainingRun { Checkpoint = new TrainingCheckpoint(_folder["e.safetensors"], TimeSpan.Zero) };
        Assert.Contains("is no checkpoint", Assert.Throws<UserErrorException>(() => new Item2Vec(new()).Train(Planted.Interactions(9, 9, 1), run)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["e.safetensors"]));
    }
}
