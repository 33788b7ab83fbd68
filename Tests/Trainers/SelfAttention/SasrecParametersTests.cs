using System.Buffers.Binary;
using System.Text;
using Tests.Trainers.Kernels;
using Trainers;
using Trainers.SelfAttention;
using Trainers.Storage;

namespace Tests.Trainers.SelfAttention;

/// <summary>What engines and files exchange: names, shapes, and every number.</summary>
public sealed class SasrecParametersTests : IDisposable
{
    private static readonly Interactions Data = Planted.Interactions(users: 40, items: 21, seed: 3);

    private readonly string _folder = Directory.CreateTempSubdirectory("sasrec").FullName;

    private static SasrecOptions Options(bool tied = true) => new()
    {
        Dimension = 6, Heads = 2, Blocks = 2, MaxLength = 5, TieOutput = tied, Epochs = 3, InitStddev = 0.3, Loss = SasrecLoss.Bce, ValidationUsers = 10,
    };

    private string Path => System.IO.Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SasrecEmbeddings Train(SasrecOptions options) => (SasrecEmbeddings)new Sasrec(options).Train(Data, new TrainingRun());

    private static float[] Scores(SasrecEmbeddings model, int[] history)
    {
        var scores = new float[model.ItemCount];
        model.Score(history, 0, scores);
        return scores;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_saved_model_scores_to_the_same_bit(bool tied)
    {
        SasrecEmbeddings model = Train(Options(tied));
        model.Save(Path);
        SasrecEmbeddings read = SasrecEmbeddings.Load(Path);
        Assert.Equal((model.ItemCount, model.Dimension, model.BestEpoch, model.ValidationNdcg), (read.ItemCount, read.Dimension, read.BestEpoch, read.ValidationNdcg));
        Assert.True(model.BestEpoch > 0 && model.ValidationNdcg > 0);
        Some.SameBits(model.Values, read.Values);
        foreach (int[] history in (int[][])[[], [20], [3], [1, 2, 3, 4, 5, 6, 20, 7], [.. Enumerable.Range(0, 21)]])
            Some.SameBits(Scores(model, history), Scores(read, history));
        byte[] bytes = File.ReadAllBytes(Path);
        read.Save(Path);
        Assert.Equal(bytes, File.ReadAllBytes(Path));
    }

    [Fact]
    public void Names_and_shapes_are_as_published()
    {
        string[] block = ["query_norm.weight [6]", "query_norm.bias [6]", "network_norm.weight [6]", "network_norm.bias [6]", .. ((string[])["query", "key", "value", "inner", "outer"])
            .SelectMany(layer => (string[])[$"{layer}.weight [6, 6]", $"{layer}.bias [6]"])];
        string[] rest = ["position_embedding.weight [5, 6]", .. block.Select(name => $"blocks.0.{name}"), .. block.Select(name => $"blocks.1.{name}"), "norm.weight [6]", "norm.bias [6]"];
        Assert.Equal(["item_embedding.weight [20, 6]", .. rest], Names(tied: true));
        Assert.Equal(["item_embedding.weight [20, 6]", "output_embedding.weight [20, 6]", .. rest], Names(tied: false));

        static IEnumerable<string> Names(bool tied)
        {
            var model = new SasrecModel<double>(Options(tied), [.. Enumerable.Range(0, 20)], 1);
            return new SasrecParameters<double>(model).Named(model.Save()).Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]");
        }
    }

    [Fact]
    public void A_weight_is_out_times_in_and_padding_is_left_out()
    {
        var model = new SasrecModel<double>(Options(), [0, 1], 1);
        var exchange = new SasrecParameters<double>(model);
        NamedTensor<double>[] tensors = exchange.Named(model.Save());
        int next = 0;
        foreach (NamedTensor<double> tensor in tensors)
        {
            for (int i = 0; i < tensor.Values.Length; i++)
                tensor.Values[i] = ++next;
        }

        model.Restore(exchange.Flat(tensors.Select(tensor => tensor.Values)));
        Assert.Equal(tensors.SelectMany(tensor => tensor.Values), exchange.Named(model.Save()).SelectMany(tensor => tensor.Values));
        // Every number once, and nothing else but zeros.
        Assert.Equal(Enumerable.Range(1, next).Select(x => (double)x), model.Save().SelectMany(vector => vector).Where(x => x != 0).Order());
        // The first query weight: slot 5 after positions and two norms; heads of 3 are padded to 16 each.
        NamedTensor<double> query = tensors.Single(tensor => tensor.Name == "blocks.0.query.weight");
        int start = model.Encoder.Layout.Slots[5].Offset;
        Assert.Equal(query.Values[4 * 6 + 2], model.Weights.Values[start + 2 * 32 + 16 + 1]);
        Assert.Equal(tensors[0].Values[6 + 3], model.Inputs.Values.Span[16 + 3]);
    }

    [Fact]
    public void A_file_is_for_any_reader_of_safetensors()
    {
        Train(Options()).Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, length);
        Assert.StartsWith("""{"__metadata__":{"format":"sasrec 1","heads":"2","item_count":"21","best_epoch":""", header, StringComparison.Ordinal);
        Assert.Contains(""","items":"0\n1\n2\n3\n""", header, StringComparison.Ordinal);
        Assert.Contains(""""item_embedding.weight":{"dtype":"F32","shape":[20,6],"data_offsets":[0,480]},"position_embedding.weight":{"dtype":"F32","shape":[5,6],"data_offsets":[480,600]},"""", header, StringComparison.Ordinal);
        Assert.EndsWith(""""norm.bias":{"dtype":"F32","shape":[6],"data_offsets":[2496,2520]}}"""", header.TrimEnd(' '), StringComparison.Ordinal);
        Assert.Equal(8 + length + 2520, bytes.Length);
    }

    [Fact]
    public void What_is_no_model_is_refused_in_one_line()
    {
        SasrecEmbeddings model = Train(Options());
        model.Save(Path);
        byte[] whole = File.ReadAllBytes(Path);
        for (int length = 0; length < whole.Length; length += length < 16 ? 1 : 97)
        {
            File.WriteAllBytes(Path, whole[..length]);
            var cut = Assert.Throws<UserErrorException>(() => SasrecEmbeddings.Load(Path));
            Assert.Equal(Path, cut.File);
            Assert.DoesNotContain('\n', cut.Message);
        }

        Assert.Contains("cannot be read", Assert.Throws<UserErrorException>(() => SasrecEmbeddings.Load(Path + "x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"format\":\"sasrec 1\"", "\"format\":\"sasrec 7\"", "has the format `sasrec 7`, only `sasrec 1` can be read")]
    [InlineData("\"format\"", "\"formed\"", "does not say `format`: it holds no SASRec")]
    [InlineData("\"heads\":\"2\"", "\"heads\":\"4\"", "is no safetensors file or damaged (2 blocks of 4 heads of a dimension of 6 are no SASRec)")]
    [InlineData("\"heads\":\"2\"", "\"heads\":\"x\"", "is no safetensors file or damaged")]
    [InlineData("\"heads\"", "\"holds\"", "is no safetensors file or damaged")]
    [InlineData("\"item_count\":\"21\"", "\"item_count\":\"19\"", "its items do not rise from 0 to 18")]
    [InlineData("\"0\\n1\\n2\\n", "\"0\\n2\\n1\\n", "its items do not rise from 0 to 20")]
    [InlineData("blocks.1.key.bias", "blocks.1.kez.bias", "has a tensor `blocks.1.kez.bias`, which is no part of a SASRec of 2 blocks")]
    [InlineData("blocks.1.query.weight", "blocks.1.quere.weight", "which is no part of a SASRec of 1 blocks")]
    [InlineData("\"shape\":[20,6]", "\"shape\":[10,3]", "`item_embedding.weight` has the shape [10, 3], not [20, 6]")]
    [InlineData("\"norm.bias\":{\"dtype\":\"F32\"", "\"norm.bias\":{\"dtype\":\"F16\"", "`norm.bias` is F16, only F32 can be read")]
    public void A_file_that_contradicts_itself_is_refused(string text, string other, string problem)
    {
        Train(Options()).Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        string all = Encoding.Latin1.GetString(bytes);
        Assert.Equal(text.Length, other.Length);
        Assert.Contains(text, all, StringComparison.Ordinal);
        File.WriteAllBytes(Path, Encoding.Latin1.GetBytes(all.Replace(text, other, StringComparison.Ordinal)));
        string message = Assert.Throws<UserErrorException>(() => SasrecEmbeddings.Load(Path)).Message;
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
