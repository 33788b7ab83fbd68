using Tests.Trainers;
using Trainers;
using Trainers.Optimizers;
using Trainers.SelfAttention;

namespace Tests.Gradients;

/// <summary>The whole of SASRec, from items to loss, in double: every parameter, every loss, with dropout and heads.</summary>
public sealed class SasrecGradientTests
{
    // Lengths 1, 2, 3, 5, 7, 11, 13, 17, 19 and one that is cut; items in odd order with repetitions.
    private static readonly Interactions Data = Planted.Of(43, [.. ((int[])[2, 3, 4, 6, 8, 12, 14, 18, 20, 31]).Select((length, user) =>
        (IReadOnlyList<int>)[.. Enumerable.Range(0, length).Select(i => (7 * user + i * i + 3 * i) % 41)])]);

    private static SasrecOptions Options(SasrecLoss loss, int heads = 1, bool tied = true, double dropout = 0.2) => new()
    {
        Loss = loss, Dimension = heads == 1 ? 13 : 21, Blocks = 2, Heads = heads, MaxLength = 23, Dropout = dropout, Negatives = loss == SasrecLoss.Bce ? 3 : 37,
        ValidationUsers = 0, TieOutput = tied, InitStddev = 0.3, GbceT = 0.6,
    };

    [Theory]
    [InlineData(SasrecLoss.Bce, 1, true, 0.2)]
    [InlineData(SasrecLoss.Gbce, 1, true, 0.2)]
    [InlineData(SasrecLoss.SampledSoftmax, 1, true, 0.2)]
    [InlineData(SasrecLoss.CrossEntropy, 1, true, 0.2)]
    [InlineData(SasrecLoss.CrossEntropyUnseen, 1, true, 0.2)]
    [InlineData(SasrecLoss.CrossEntropyUnseen, 3, false, 0)]
    [InlineData(SasrecLoss.CrossEntropy, 3, true, 0)]
    [InlineData(SasrecLoss.Bce, 3, false, 0.2)]
    [InlineData(SasrecLoss.CrossEntropy, 1, false, 0.2)]
    [InlineData(SasrecLoss.SampledSoftmax, 7, false, 0.5)]
    public void Its_gradient_is_right(SasrecLoss loss, int heads, bool tied, double dropout)
    {
        SasrecOptions options = Options(loss, heads, tied, dropout);
        var data = new TrainingSequences(Data, options.MaxLength, 0, 1);
        var model = new SasrecModel<double>(options, data.Names, 1);
        var step = new SasrecStep<double>(model, options, data, 1, 1, TestContext.Current.CancellationToken);
        int[] live = [.. model.Encoder.Layout.Slots.SelectMany(slot => slot.Live())];
        var random = new Random(5);
        double[] at = [.. Read().Select(x => x + 0.2 * (random.NextDouble() - 0.5))];
        Write(at);
        double value = step.Compute(data.Users, 3);
        Assert.True(double.IsFinite(value) && value > 0);
        double[] gradient = Gradient();
        Assert.Equal(at.Length, gradient.Length);
        GradientCheck.Proves(x =>
        {
            Write(x);
            return step.Compute(data.Users, 3);
        }, at, gradient, 2);

        double[] Read()
        {
            var values = new List<double>();
            foreach (int index in live)
                values.Add(model.Weights.Values[index]);
            foreach (ItemTable<double> table in Tables())
            {
                for (int item = 0; item < table.Count; item++)
                    values.AddRange(table.Values.Rows(item, 1, table.Stride)[..table.Dimension]);
            }

            return [.. values];
        }

        void Write(double[] values)
        {
            int next = 0;
            foreach (int index in live)
                model.Weights.Values[index] = values[next++];
            model.Weights.Refresh();
            foreach (ItemTable<double> table in Tables())
            {
                for (int item = 0; item < table.Count; item++, next += table.Dimension)
                    values.AsSpan(next, table.Dimension).CopyTo(table.Values.Rows(item, 1, table.Stride));
            }
        }

        double[] Gradient()
        {
            var values = new List<double>();
            foreach (int index in live)
                values.Add(step.Gradient[index]);
            foreach (ItemTable<double> table in Tables())
            {
                var row = new double[table.Stride];
                for (int item = 0; item < table.Count; item++)
                {
                    table.Gradient(ReferenceEquals(table, model.Inputs) ? step.ItemGradients.Inputs : step.ItemGradients.Outputs, item, row);
                    values.AddRange(row[..table.Dimension]);
                    Assert.All(row[table.Dimension..], padding => Assert.Equal(0, padding));
                }
            }

            return [.. values];
        }

        ItemTable<double>[] Tables() => tied ? [model.Inputs] : [model.Inputs, model.Outputs];
    }
}
