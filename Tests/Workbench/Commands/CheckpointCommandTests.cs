using System.Text.RegularExpressions;
using Tests.Data;
using Trainers.Storage;

namespace Tests.Workbench.Commands;

/// <summary><c>train --checkpoint</c>: killed, interrupted and gone on with.</summary>
public sealed partial class CheckpointCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("epoch ([0-9]+) of ")]
    private static partial Regex Epoch();

    private static Func<string, bool> Reaches(int epoch) =>
        written => Epoch().Matches(written).Any(match => int.Parse(match.Groups[1].Value, null) >= epoch);

    private static string[] Train(string output, params string[] more) =>
    [
        "train", "sasrec", "--data", "made", "--out", output, "--seed", "5", "--set", "dimension=16", "--set", "epochs=250", "--set", "patience=250", .. more,
    ];

    private async Task Synthesize() => Assert.Equal(0, (await ChildProgram.Run(
        _folder.Path, "data", "synth", "--out", "made", "--users", "120", "--items", "40", "--ratings", "1200", "--conversations", "20")).Code);

    [Fact]
    public async Task A_training_that_was_killed_and_interrupted_ends_as_if_nothing_had_happened()
    {
        await Synthesize();
        Assert.Equal(0, (await ChildProgram.Run(_folder.Path, Train("straight.safetensors", "--threads", "2"))).Code);
        string[] without = _folder.Files();

        string[] kept = ["--checkpoint", "state", "--checkpoint-every", "0"];
        Finished killed = await ChildProgram.Kill(_folder.Path, Reaches(12), Train("stopped.safetensors", ["--threads", "1", .. kept]));
        Assert.Equal(137, killed.Code);
        Assert.True(File.Exists(_folder["state"]));

        Finished interrupted = await ChildProgram.Run(_folder.Path, Reaches(40), Train("stopped.safetensors", ["--threads", "3", .. kept]));
        Assert.Equal(130, interrupted.Code);
        int first = int.Parse(Regex.Match(interrupted.Output, "goes on after epoch ([0-9]+), from state").Groups[1].Value, null);
        Assert.InRange(first, 11, 39);
        Match last = Regex.Match(interrupted.ErrorLines[^1], "^workbench: interrupted: epoch ([0-9]+) is kept in state, the same command goes on from there$");
        Assert.True(last.Success, interrupted.Errors);

        Finished done = await ChildProgram.Run(_folder.Path, Train("stopped.safetensors", ["--threads", "2", .. kept]));
        Assert.Equal(0, done.Code);
        Assert.Contains($"goes on after epoch {last.Groups[1].Value}, from state", done.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_folder["straight.safetensors"]), File.ReadAllBytes(_folder["stopped.safetensors"]));
        Assert.Equal([.. without, "stopped.safetensors"], _folder.Files());
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_one_line_and_a_kept_checkpoint_can_be_gone_on_with()
    {
        await Synthesize();
        string[] Short(int epochs, params string[] more) =>
            ["train", "fism", "--data", "made", "--out", "e.npy", "--set", "dimension=4", "--set", $"epochs={epochs}", .. more];
        Refusal.Of(await ChildProgram.Run(_folder.Path, Short(2, "--keep-checkpoint")), "--checkpoint FILE");
        Refusal.Of(await ChildProgram.Run(_folder.Path, Short(2, "--checkpoint", "s", "--checkpoint-every", "-1")), "--checkpoint-every");
        Refusal.Of(await ChildProgram.Run(_folder.Path, Short(2, "--checkpoint", "./e.npy")), "e.npy: is to be the result as well as the checkpoint: name two files");
        Assert.False(File.Exists(_folder["e.npy"]));

        Assert.Equal(0, (await ChildProgram.Run(_folder.Path, Short(2, "--checkpoint", "s", "--keep-checkpoint"))).Code);
        Assert.True(File.Exists(_folder["s"]));
        Refusal.Of(await ChildProgram.Run(_folder.Path, Short(3, "--checkpoint", "s", "--seed", "2")), "^workbench: s: is a checkpoint of fism with seed 1 \\(now 2\\): ");
        Finished longer = await ChildProgram.Run(_folder.Path, Short(3, "--checkpoint", "s"));
        Assert.Equal(0, longer.Code);
        Assert.Contains("goes on after epoch 2, from s", longer.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["s"]));
        Assert.Equal(4, EmbeddingFiles.Read(_folder["e.npy"]).Embeddings.Dimension);

        byte[] torn = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        File.WriteAllBytes(_folder["s"], torn);
        Refusal.Of(await ChildProgram.Run(_folder.Path, Short(3, "--checkpoint", "s")), "^workbench: s: is no checkpoint, or is damaged");
        Assert.Equal(torn, File.ReadAllBytes(_folder["s"]));
    }
}
