using Trainers.Kernels;
using Trainers.Layers;
using Trainers.Losses;
using Trainers.Optimizers;
using Trainers.Sampling;

namespace Tests.Gradients;

/// <summary>Each loss's gradient in double, with respect to the positions' vectors and the items', at awkward numbers of items, negatives and rows.</summary>
public sealed class LossGradientTests
{
    public enum Loss
    {
        BinaryCrossEntropy,
        Gbce,
        SampledSoftmax,
        CrossEntropy,
        CrossEntropyUnseen,
    }

    public static TheoryData<Loss, int> Cases
    {
        get
        {
            var data = new TheoryData<Loss, int>();
            foreach (Loss loss in Enum.GetValues<Loss>())
                data.AddRange([.. Enumerable.Range(1, 5).Select(seed => (loss, seed))]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_gradient_is_right(Loss kind, int seed)
    {
        var random = new Random(seed);
        int Of(params int[] values) => values[random.Next(values.Length)];
        (int dimension, int items, int negatives) = (Of(1, 3, 8, 13, 16, 17), Of(37, 64, 65, 97), kind == Loss.BinaryCrossEntropy ? Of(1, 2, 5) : Of(1, 5, 31, 32, 33));
        int stride = Padding.Stride(dimension);
        var pack = new SequencePack(200);
        var histories = new List<int[]>();
        foreach (int length in (int[])[Of(1, 3, 8), Of(5, 9, 17), Of(65, 70)])
        {
            // The last item is nobody's input or target, and a position in ten has nothing to learn.
            int[] inputs = [.. Enumerable.Range(0, length).Select(_ => random.Next(9))], targets = [.. inputs.Select(_ => random.Next(10) == 0 ? -1 : random.Next(9))];
            pack.Add(inputs, targets, histories.Count, (ulong)random.Next());
            histories.Add([.. inputs.Concat(targets.Where(target => target >= 0)).Distinct()]);
        }

        var table = new ItemTable<double>(items, dimension);
        var transposed = new AlignedBuffer<double>(table.Values.Length);
        var context = new LossContext(new NegativeSampler(items), user => histories[user]);
        ISequenceLoss<double> loss = kind switch
        {
            Loss.BinaryCrossEntropy => new BinaryCrossEntropy<double>(context, negatives),
            Loss.Gbce => new CandidateLoss<double>(context, stride, CandidateFunction.Sigmoid, negatives, 0.3, null),
            Loss.SampledSoftmax => new CandidateLoss<double>(context, stride, CandidateFunction.Exponential, negatives, 1, null),
            _ => new CandidateLoss<double>(context, stride, CandidateFunction.Exponential, null, 1, transposed, kind == Loss.CrossEntropyUnseen),
        };
        Variable outputs = Variable.Random(random, pack.Rows * stride, Variable.LiveRows(Variable.RowsOf(pack), 1, stride, dimension));
        Variable vectors = Variable.Random(random, table.Rows * stride, Variable.LiveRows(Enumerable.Range(0, items), 1, stride, dimension));
        var slopes = new double[pack.Rows * stride];
        var gradients = new RowGradients<double>(stride);
        double Compute()
        {
            vectors.Values.CopyTo(table.Values.Span);
            CandidateScores<double>.Transpose(table.Values.Span, items, stride, transposed.Span);
            gradients.Clear();
            return loss.Compute(pack, outputs.Values, table, 0.07, slopes, gradients);
        }

        Assert.True(Compute() > 0);
        double[] ofOutputs = [.. slopes], ofVectors = new double[table.Rows * stride];
        table.Collect([gradients]);
        for (int item = 0; item < items; item++)
            table.Gradient([gradients], item, ofVectors.AsSpan(item * stride, stride));
        new LayerProof(new ParameterLayout(), random).HoldsFor([outputs, vectors], Compute, [ofOutputs, ofVectors], []);
        foreach (int row in Enumerable.Range(0, pack.Rows).Where(row => pack.Targets[row] < 0))
            Assert.All(ofOutputs[(row * stride)..((row + 1) * stride)], slope => Assert.Equal(0, slope));
    }
}
