using System.Numerics.Tensors;
using Trainers;
using Trainers.Optimizers;
using Trainers.SelfAttention;
using Trainers.Storage;
using Trainers.Torch;

namespace Tests.Trainers.Torch;

/// <summary>The torch engine against the managed one, in double: same start, same data, same negatives. Only where TorchSharp is compiled in.</summary>
[Collection(nameof(Libtorch))]
public sealed class TorchParityTests
{
    // Lengths 1, 2, 3, 5, 7, 11, 13, 17, 19 and one that is cut; items in odd order with repetitions. The last user has every item.
    private static readonly Interactions Data = Planted.Of(43, [.. ((int[])[2, 3, 4, 6, 8, 12, 14, 18, 20, 31]).Select((length, user) =>
        (IReadOnlyList<int>)[.. Enumerable.Range(0, length).Select(i => (7 * user + i * i + 3 * i) % 41)]), [.. Enumerable.Range(0, 41)]]);

    private static SasrecOptions Options(SasrecLoss loss, bool tied, int heads) => new()
    {
        Loss = loss, Dimension = 14, Blocks = 2, Heads = heads, MaxLength = 23, Dropout = 0, Negatives = loss == SasrecLoss.Bce ? 3 : 19,
        ValidationUsers = 0, TieOutput = tied, InitStddev = 0.3, GbceT = 0.6,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<SasrecLoss, bool, int> Kinds => [.. from loss in Enum.GetValues<SasrecLoss>() from tied in (bool[])[true, false] from heads in (int[])[1, 2] select (loss, tied, heads)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Loss_and_gradients_are_those_of_the_managed_engine(SasrecLoss loss, bool tied, int heads)
    {
        Libtorch.Require();
        SasrecOptions options = Options(loss, tied, heads);
        var data = new TrainingSequences(Data, options.MaxLength, 0, 1);
        var model = new SasrecModel<double>(options, data.Names, 1);
        var exchange = new SasrecParameters<double>(model);
        // Biases and gains too are somewhere.
        var random = new Random(5);
        model.Restore(exchange.Flat(exchange.Named(model.Save()).Select(tensor => Array.ConvertAll(tensor.Values, x => x + 0.2 * (random.NextDouble() - 0.5)))));
        using var managed = new SasrecStep<double>(model, options, data, 1, 2, Cancellation);
        using var torch = new TorchStep<double>(model, options, data, 1, 2, Cancellation);
        double expected = managed.Compute(data.Users, 3);
        Assert.Equal(expected, torch.Compute(data.Users, 3), 1e-12 * expected);

        NamedTensor<double>[] gradients = exchange.Named(Gradients(model, managed));
        double norm = Math.Sqrt(gradients.Sum(gradient => (double)TensorPrimitives.SumOfSquares<double>(gradient.Values)));
        Assert.True(norm > 0.01, $"{norm}");
        foreach ((NamedTensor<double> gradient, double[] other) in gradients.Zip(torch.Gradients))
        {
            double distance = TensorPrimitives.Distance<double>(gradient.Values, other);
            Assert.True(distance <= 1e-12 * norm, $"{gradient.Name}: {distance / norm:e1} of the norm");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ten_steps_lead_to_the_same_parameters(SasrecLoss loss, bool tied, int heads)
    {
        Libtorch.Require();
        SasrecOptions options = Options(loss, tied, heads);
        var data = new TrainingSequences(Data, options.MaxLength, 0, 1);
        SasrecModel<double> one = new(options, data.Names, 1), other = new(options, data.Names, 1);
        double[][] start = one.Save();
        using ISasrecStep managed = new SasrecStep<double>(one, options, data, 1, 1, Cancellation);
        using ISasrecStep torch = new TorchStep<double>(other, options, data, 1, 1, Cancellation);
        var adam = new Adam(0.01, 0.98);
        for (int t = 1; t <= 10; t++)
        {
            // Batches of two and three: items rest in most steps.
            ReadOnlyMemory<int> users = data.Users.AsMemory(t % 4 * 2, 2 + t % 2);
            Assert.Equal(managed.Compute(users, t), torch.Compute(users, t), 1e-8);
            managed.Update(adam.Step(t));
            torch.Update(adam.Step(t));
        }

        torch.Publish();
        foreach ((double[] from, double[] expected, double[] actual) in start.Zip(one.Save(), other.Save()))
        {
            Assert.True(TensorPrimitives.Distance<double>(from, expected) > 0.1);
            Assert.Equal(0, TensorPrimitives.Distance<double>(expected, actual), 1e-7 * TensorPrimitives.Norm<double>(expected));
        }
    }

    private static double[][] Gradients(SasrecModel<double> model, SasrecStep<double> step)
    {
        double[][] flat = [.. model.Save().Select(vector => new double[vector.Length])];
        step.Gradient.CopyTo(flat[0]);
        Collect(model.Inputs, step.ItemGradients.Inputs, flat[1]);
        if (flat.Length > 2)
            Collect(model.Outputs, step.ItemGradients.Outputs, flat[2]);
        return flat;

        static void Collect(ItemTable<double> table, RowGradients<double>[] parts, double[] values)
        {
            for (int item = 0; item < table.Count; item++)
                table.Gradient(parts, item, values.AsSpan(item * table.Stride, table.Stride));
        }
    }
}
