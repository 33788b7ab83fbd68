using Tests.Data;
using Trainers;
using Trainers.Storage;

namespace Tests.Workbench.Commands;

/// <summary><c>train</c> and <c>embed neighbours</c>, as a person uses them.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<Finished> Run(params string[] arguments) => ChildProgram.Run(_folder.Path, arguments);

    private async Task Synthesize() =>
        Assert.Equal(0, (await Run("data", "synth", "--out", "made", "--users", "60", "--items", "40", "--ratings", "500", "--conversations", "20")).Code);

    [Fact]
    public async Task What_is_trained_can_be_read_and_looked_at()
    {
        await Synthesize();
        Finished trained = await Run("train", "fism", "--data", "made", "--out", "fism.safetensors", "--set", "dimension=12", "--set", "epochs=3", "--seed", "5", "--threads", "2");
        Assert.Equal(0, trained.Code);
        Assert.StartsWith("fism (dimension=12, epochs=3) learns from ratings: 500 by 60 users", trained.Output, StringComparison.Ordinal);
        Assert.Contains("wrote fism.safetensors: 40 items x 12, trained in ", trained.Output, StringComparison.Ordinal);
        Assert.Matches("epoch 3 of 3 · loss [0-9.]+ · [0-9,.]+ positives/s$", trained.Errors.TrimEnd());

        EmbeddingTable table = EmbeddingFiles.Read(_folder["fism.safetensors"]);
        string[][] rows = [.. File.ReadAllLines(_folder["made", "items.csv"])[1..].Select(line => line.Split(','))];
        Assert.Equal(rows.Select(row => row[0]), table.Ids);
        Assert.Equal(12, table.Embeddings.Dimension);

        Assert.Equal(0, (await Run("train", "fism", "--data", "made", "--out", "again.npy", "--set", "dimension=12", "--set", "epochs=3", "--seed", "5", "--threads", "1")).Code);
        Assert.Equal(table.Embeddings.Values, EmbeddingFiles.Read(_folder["again.npy"]).Embeddings.Values);

        int item = Enumerable.Range(0, 40).First(i => table.Embeddings[i].IndexOfAnyExcept(0f) >= 0);
        string Title(int i) => $"{rows[i][1]} ({rows[i][2]})";
        foreach (bool dot in (bool[])[false, true])
        {
            Finished looked = await Run(["embed", "neighbours", Title(item), "--embeddings", "again.npy", "--data", "made", "--top", "4", .. dot ? new[] { "--dot" } : []]);
            Assert.Equal((0, ""), (looked.Code, looked.Errors));
            string[] lines = looked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal($"most similar to {Title(item)}", lines[0]);
            int[] nearest = [.. Enumerable.Range(0, 40).Where(i => i != item && table.Embeddings[i].IndexOfAnyExcept(0f) >= 0).OrderByDescending(i => Similarity(table.Embeddings, item, i, dot)).Take(4)];
            Assert.Equal(4, lines.Length - 1);
            Assert.All(nearest, (near, i) => Assert.Contains(Title(near), lines[i + 1], StringComparison.Ordinal));
        }
    }

    private static double Similarity(ItemEmbeddings embeddings, int a, int b, bool dot)
    {
        double Product(int x, int y) => Enumerable.Range(0, embeddings.Dimension).Sum(k => (double)embeddings[x][k] * embeddings[y][k]);
        return dot ? Product(a, b) : Product(a, b) / Math.Sqrt(Product(a, a) * Product(b, b));
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_one_line()
    {
        await Synthesize();
        Refusal.Of(await Run("train", "fims", "--data", "made", "--out", "x.npy"), "did you mean `fism`");
        Refusal.Of(await Run("train", "fism", "--data", "made", "--out", "x.npy", "--set", "dimensoin=3"), "dimension");
        Refusal.Of(await Run("train", "fism", "--data", "made", "--out", "x.npy", "--set", "dimension=-3"), "dimension");
        Refusal.Of(await Run("train", "fism", "--data", "made", "--out", "x.npy", "--set", "dimension=[3, 4]"), "2 configurations");
        Refusal.Of(await Run("train", "fism", "--data", "made", "--out", "x.npy", "--set", "dimension={ int: [3, 4] }"), "a search: give each option a value");
        Refusal.Of(await Run("train", "fism", "--data", "made", "--out", "x.txt"), @"\.safetensors, \.npy, \.vec .* or \.tsv");
        Refusal.Of(await Run("train", "fism", "--data", "nowhere", "--out", "x.npy"), "nowhere");
        Assert.DoesNotContain(_folder.Files(), file => file.StartsWith('x'));

        Assert.Equal(0, (await Run("train", "fism", "--data", "made", "--out", "e.npy", "--set", "epochs=1")).Code);
        Refusal.Of(await Run("embed", "neighbours", "Zzyzx Qwfp (1900)", "--embeddings", "e.npy", "--data", "made"), "Zzyzx Qwfp");
        Refusal.Of(await Run("embed", "neighbours", "x", "--embeddings", "absent.npy", "--data", "made"), "absent.npy");
        File.WriteAllLines(_folder["e.ids.txt"], Enumerable.Range(0, 40).Select(i => $"other-{i}"));
        Refusal.Of(await Run("embed", "neighbours", "x", "--embeddings", "e.npy", "--data", "made"), "none of its ids");
    }
}
