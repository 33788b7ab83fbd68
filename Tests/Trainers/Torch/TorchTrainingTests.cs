using Tests.Trainers.Kernels;
using Trainers;
using Trainers.Optimizers;
using Trainers.SelfAttention;
using Trainers.Torch;

namespace Tests.Trainers.Torch;

/// <summary>A whole training by the torch engine, and what it leaves behind.</summary>
[Collection(nameof(Libtorch))]
public sealed class TorchTrainingTests
{
    // After item i comes i + 1, around a circle of 12; everybody starts elsewhere. Item 12 is nobody's.
    private static readonly Interactions Circle = Planted.Of(13, [.. Enumerable.Range(0, 96).Select(user =>
        (IReadOnlyList<int>)[.. Enumerable.Range(0, 4 + user % 5).Select(i => (user + i) % 12)])]);

    private static readonly SasrecOptions Options = new()
    {
        Engine = SasrecEngine.Torch, Loss = SasrecLoss.CrossEntropy, Dimension = 16, Heads = 2, Epochs = 30, LearningRate = 1e-2, BatchSize = 16, MaxLength = 8, ValidationUsers = 20,
    };

    private static SasrecEmbeddings Train(SasrecOptions options) => (SasrecEmbeddings)new Sasrec(options).Train(Circle, new TrainingRun());

    public static TheoryData<SasrecLoss, SasrecDevice> Kinds => [.. from loss in Enum.GetValues<SasrecLoss>() from device in Enum.GetValues<SasrecDevice>() select (loss, device)];

    [Theory]
    [InlineData(SasrecDevice.Cpu)]
    [InlineData(SasrecDevice.Cuda)]
    public void A_planted_order_is_learnt_with_dropout_and_scored_without_torch(SasrecDevice device)
    {
        Libtorch.Require(device);
        SasrecEmbeddings model = Train(Options with { Device = device });
        Assert.True(model.BestEpoch >= 1 && model.ValidationNdcg > 0.9, $"{model.BestEpoch}: {model.ValidationNdcg}");
        for (int item = 0; item < 12; item++)
        {
            int[] history = [(item + 10) % 12, (item + 11) % 12, item];
            var scores = new float[13];
            model.Score(history, 0, scores);
            foreach (int seen in history)
                scores[seen] = float.NegativeInfinity;
            Assert.Equal((item + 1) % 12, Array.IndexOf(scores, scores.Max()));
        }
    }

    [Fact]
    public void A_seed_gives_one_result_and_dropout_another()
    {
        Libtorch.Require();
        SasrecOptions options = Options with { Epochs = 2, Loss = SasrecLoss.Gbce };
        SasrecEmbeddings model = Train(options);
        Some.SameBits(model.Values, Train(options).Values);
        Assert.NotEqual(model.Values, Train(options with { Dropout = 0.3 }).Values);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Without_dropout_an_epoch_in_float_is_the_managed_engines_up_to_rounding(SasrecLoss loss, SasrecDevice device)
    {
        Libtorch.Require(device);
        SasrecOptions options = Options with { Loss = loss, Dropout = 0, Epochs = 1, LearningRate = 1e-3, InitStddev = 0.2 };
        SasrecEmbeddings expected = Train(options with { Engine = SasrecEngine.Managed }), model = Train(options with { Device = device });
        for (int i = 0; i < expected.Values.Length; i++)
            Assert.Equal(expected.Values[i], model.Values[i], 1e-4);
        Assert.Equal(expected.ValidationNdcg, model.ValidationNdcg, 1e-3);
    }

    [Fact]
    public void Parameters_pass_from_one_engine_to_the_other_to_the_bit()
    {
        Libtorch.Require();
        string folder = Directory.CreateTempSubdirectory("torch").FullName;
        try
        {
            string path = Path.Combine(folder, "model.safetensors");
            // Torch writes, managed reads.
            SasrecEmbeddings model = Train(Options with { Epochs = 2, TieOutput = false });
            model.Save(path);
            Some.SameBits(model.Values, SasrecEmbeddings.Load(path).Values);
            // Torch reads what was written, and gives it back.
            (SasrecModel<float> read, _) = SasrecFile.Read(path);
            float[][] before = read.Save();
            var data = new TrainingSequences(Circle, 8, 0, 1);
            using var step = new TorchStep<float>(read, Options with { TieOutput = false }, data, 1, 1, TestContext.Current.CancellationToken);
            read.Restore([.. before.Select(vector => new float[vector.Length])]);
            step.Publish();
            foreach ((float[] expected, float[] actual) in before.Zip(read.Save()))
                Some.SameBits(expected, actual);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_step_goes_on_from_what_another_published()
    {
        Libtorch.Require();
        SasrecOptions options = Options with { Loss = SasrecLoss.Bce, Dropout = 0.3 };
        var data = new TrainingSequences(Circle, 8, 0, 1);
        Some.SameBits(Train(breakAfter: 7), Train(breakAfter: 3));

        float[] Train(int breakAfter)
        {
            var model = new SasrecModel<float>(options, data.Names, 1);
            Steps(model, 1, breakAfter);
            Steps(model, breakAfter + 1, 7);
            return [.. model.Save().SelectMany(vector => vector)];
        }

        void Steps(SasrecModel<float> model, int first, int last)
        {
            using var step = new TorchStep<float>(model, options, data, 1, 1, TestContext.Current.CancellationToken);
            for (int t = first; t <= last; t++)
            {
                step.Compute(data.Users.AsMemory(10 * t, 10), t);
                step.Update(new Adam(0.01, 0.98).Step(t));
            }

            step.Publish();
        }
    }
}
