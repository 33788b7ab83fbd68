using System.Numerics;
using Tests.Trainers;
using Trainers;
using Trainers.Layers;
using Trainers.Optimizers;
using Trainers.SelfAttention;

namespace Tests.Golden;

/// <summary>Ten steps of SASRec as an independent program computes them: sasrec_trace.py beside this file, PyTorch 1.13, format 1.</summary>
public sealed class SasrecTraceTests
{
    // The loss before each step, the sum and the sum of squares of all parameters after it.
    private static readonly (double Loss, double Sum, double Squares)[] Expected =
    [
        (2.68634710475548, 49.9700335331689, 76.7271063991463),
        (2.54333247423218, 49.8549848832839, 76.3092369154538),
        (2.42539311853009, 49.864077077226, 76.1153176571075),
        (2.32609672536313, 49.9652462591328, 76.0672821150078),
        (2.23586316955321, 50.0760863740709, 76.1486971049093),
        (2.16380316095872, 50.1522520601813, 76.3069329188471),
        (2.10411029355109, 50.2794062600421, 76.5456229443298),
        (2.04479571792881, 50.4350776891321, 76.9110291653026),
        (1.99457923832322, 50.6136094856396, 77.4269346540942),
        (1.955073926608, 50.8137343562966, 78.0808342207314),
    ];

    [Fact]
    public void Double_follows_it_to_nine_digits() => Follow<double>(1e-9);

    [Fact]
    public void Float_follows_it_to_three() => Follow<float>(1e-3);

    private static void Follow<T>(double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var options = new SasrecOptions { Loss = SasrecLoss.CrossEntropy, Dimension = 10, Heads = 2, Blocks = 2, MaxLength = 7, Dropout = 0, ValidationUsers = 0 };
        int[] lengths = [2, 3, 5, 8, 11, 4];
        Interactions interactions = Planted.Of(11, [.. lengths.Select((length, user) => (IReadOnlyList<int>)[.. Enumerable.Range(0, length).Select(i => (5 * user + i * i + 2 * i) % 11)])]);
        var data = new TrainingSequences(interactions, options.MaxLength, options.ValidationUsers, 1);
        var model = new SasrecModel<T>(options, data.Names, 1);
        int count = 0;
        foreach (Slot slot in model.Encoder.Layout.Slots)
        {
            foreach (int index in slot.Live())
                model.Weights.Values[index] = T.CreateChecked((slot.Start == Start.One ? 1 : 0) + 0.2 * Math.Sin(++count));
        }

        model.Weights.Refresh();
        for (int item = 0; item < 11; item++)
        {
            foreach (ref T value in model.Inputs.Values.Rows(item, 1, model.Inputs.Stride)[..10])
                value = T.CreateChecked(0.2 * Math.Sin(++count));
        }

        var step = new SasrecStep<T>(model, options, data, 1, 2, TestContext.Current.CancellationToken);
        var adam = new Adam(0.01, 0.98);
        for (int t = 1; t <= Expected.Length; t++)
        {
            double loss = step.Compute(data.Users, t);
            step.Update(adam.Step(t));
            double sum = 0, squares = 0;
            foreach (T value in model.Weights.Values)
                (sum, squares) = (sum + double.CreateChecked(value), squares + double.CreateChecked(value * value));
            foreach (T value in model.Inputs.Values.Span)
                (sum, squares) = (sum + double.CreateChecked(value), squares + double.CreateChecked(value * value));
            (double expectedLoss, double expectedSum, double expectedSquares) = Expected[t - 1];
            Assert.Equal(expectedLoss, loss, tolerance);
            Assert.Equal(expectedSum, sum, 100 * tolerance);
            Assert.Equal(expectedSquares, squares, 100 * tolerance);
        }
    }
}
