using Trainers.Kernels;
using Trainers.Layers;

namespace Tests.Gradients;

/// <summary>Each layer's way back in double: every input, every parameter, at lengths beside those of registers and tiles, several sequences in a pack.</summary>
public sealed class LayerGradientTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    private static int OneOf(Random random, params int[] values) => values[random.Next(values.Length)];

    private static int AnyDimension(Random random) => OneOf(random, 3, 5, 7, 8, 13, 15, 16, 17, 23, 31, 33);

    /// <summary>Two to four sequences of 1 to 19 items of eleven.</summary>
    private static SequencePack AnyPack(Random random)
    {
        var pack = new SequencePack(4 * 24);
        for (int sequence = random.Next(2, 5); sequence > 0; sequence--)
        {
            int[] items = [.. Enumerable.Range(0, OneOf(random, 1, 2, 3, 7, 8, 9, 16, 17, 19)).Select(_ => random.Next(11))];
            pack.Add(items, [], sequence, (ulong)random.Next());
        }

        return pack;
    }

    private static Variable Rows(Random random, SequencePack pack, int dimension) =>
        Variable.Random(random, pack.Rows * Padding.Stride(dimension), Variable.LiveRows(Variable.RowsOf(pack), 1, Padding.Stride(dimension), dimension));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Linear(int seed)
    {
        var random = new Random(seed);
        (int dimension, int heads, int headDimension, int rows) = (AnyDimension(random), OneOf(random, 1, 2, 3), OneOf(random, 1, 4, 7, 16, 17), OneOf(random, 8, 16, 24));
        (int stride, int wide) = (Padding.Stride(dimension), heads * Padding.Stride(headDimension));
        var layout = new ParameterLayout();
        var layer = new Linear<double>(layout, dimension, heads, headDimension);
        var proof = new LayerProof(layout, random);
        IEnumerable<int> all = Enumerable.Range(0, rows);
        Variable x = Variable.Random(random, rows * stride, Variable.LiveRows(all, 1, stride, dimension));
        proof.Holds([x], () =>
        {
            var y = new double[rows * wide];
            layer.Forward(proof.Weights, x.Values, rows, y);
            return y;
        }, Variable.LiveRows(all, heads, Padding.Stride(headDimension), headDimension), (dy, gradients) =>
        {
            var dx = new double[rows * stride];
            layer.Backward(proof.Weights, x.Values, dy, rows, gradients, dx);
            return [dx];
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void LayerNorm(int seed)
    {
        var random = new Random(seed);
        (int dimension, int rows) = (AnyDimension(random), OneOf(random, 1, 5, 8));
        int stride = Padding.Stride(dimension);
        var layout = new ParameterLayout();
        var layer = new LayerNorm<double>(layout, dimension);
        var proof = new LayerProof(layout, random);
        int[] live = Variable.LiveRows(Enumerable.Range(0, rows), 1, stride, dimension);
        Variable x = Variable.Random(random, rows * stride, live);
        var state = new LayerNormState<double>(rows, stride);
        double[] Forward()
        {
            var y = new double[rows * stride];
            layer.Forward(proof.Weights, x.Values, rows, state, y);
            return y;
        }

        proof.Holds([x], Forward, live, (dy, gradients) =>
        {
            Forward();
            var dx = new double[rows * stride];
            layer.Backward(proof.Weights, dy, rows, state, gradients, dx);
            return [dx];
        });
    }

    public static TheoryData<int, int, double> Attentions
    {
        get
        {
            var data = new TheoryData<int, int, double>();
            foreach (int seed in Enumerable.Range(1, 4))
                data.AddRange((seed, 1, 0), (seed, 2, 0), (seed, 1, 0.3), (seed, 2, 0.3));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Attentions))]
    public void CausalAttention(int seed, int heads, double dropout)
    {
        var random = new Random(seed);
        SequencePack pack = AnyPack(random);
        int headDimension = OneOf(random, 1, 3, 8, 13, 16, 17), stride = Padding.Stride(headDimension), length = pack.Rows * heads * stride;
        var layer = new CausalAttention<double>(heads, headDimension, place: 3);
        var state = new AttentionState<double>(pack.Rows, pack.Sequences.Max(sequence => sequence.Rows), heads, stride);
        int[] live = Variable.LiveRows(Variable.RowsOf(pack), heads, stride, headDimension);

        // Rows behind a sequence's end hold anything: nothing of it may be seen.
        int[] beyond = [.. Variable.LiveRows(Enumerable.Range(0, pack.Rows), heads, stride, headDimension).Except(live)];
        Variable[] inputs = [.. Enumerable.Range(0, 3).Select(_ => Variable.Random(random, length, [.. live, .. beyond]) with { Live = live })];
        double[] Forward()
        {
            inputs[0].Values.CopyTo(state.Queries.Span);
            inputs[1].Values.CopyTo(state.Keys.Span);
            inputs[2].Values.CopyTo(state.Values.Span);
            layer.Forward(pack, dropout, state);
            return state.Output.Span[..length].ToArray();
        }

        new LayerProof(new ParameterLayout(), random).Holds(inputs, Forward, live, (dy, _) =>
        {
            Forward();
            double[][] slopes = [new double[length], new double[length], new double[length]];
            layer.Backward(pack, dropout, state, dy, slopes[0], slopes[1], slopes[2]);
            return slopes;
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void FeedForward(int seed)
    {
        var random = new Random(seed);
        SequencePack pack = AnyPack(random);
        int dimension = AnyDimension(random), length = pack.Rows * Padding.Stride(dimension);
        double dropout = seed % 2 == 0 ? 0 : 0.3;
        var layout = new ParameterLayout();
        var layer = new FeedForward<double>(layout, dimension, place: 1);
        var proof = new LayerProof(layout, random);
        Variable z = Rows(random, pack, dimension);
        (double[] hidden, double[] y) = (new double[length], new double[length]);
        double[] Forward()
        {
            layer.Forward(proof.Weights, pack, dropout, z.Values, hidden, y);
            return [.. y];
        }

        proof.Holds([z], Forward, z.Live, (dy, gradients) =>
        {
            Forward();
            double[] slopes = [.. dy];
            layer.Backward(proof.Weights, pack, dropout, z.Values, hidden, slopes, new double[2 * length], gradients);
            return [slopes];
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Dropout(int seed)
    {
        var random = new Random(seed);
        SequencePack pack = AnyPack(random);
        int dimension = AnyDimension(random), stride = Padding.Stride(dimension);
        var layer = new Dropout<double>(place: 5);
        Variable x = Rows(random, pack, dimension);
        double[] Apply(double[] values)
        {
            double[] y = [.. values];
            layer.Apply(pack, stride, 0.25, y);
            return y;
        }

        new LayerProof(new ParameterLayout(), random).Holds([x], () => Apply(x.Values), x.Live, (dy, _) => [Apply(dy)]);
        double[] factors = [.. x.Live.Select(index => Apply(x.Values)[index] / x.Values[index]).Distinct().Order()];
        Assert.Equal(0, factors[0]);
        Assert.All(factors[1..], factor => Assert.Equal(4 / 3.0, factor, 1e-12));
    }

    [Theory]
    [MemberData(nameof(Attentions))]
    public void TransformerBlock(int seed, int heads, double dropout)
    {
        var random = new Random(seed);
        SequencePack pack = AnyPack(random);
        int dimension = heads * OneOf(random, 3, 5, 8, 13), stride = Padding.Stride(dimension), length = pack.Rows * stride;
        var layout = new ParameterLayout();
        var layer = new TransformerBlock<double>(layout, dimension, heads, place: 1);
        var proof = new LayerProof(layout, random);
        Variable x = Rows(random, pack, dimension);
        BlockState<double> state = layer.NewState(pack.Rows, pack.Sequences.Max(sequence => sequence.Rows));
        double[] Forward()
        {
            layer.Forward(proof.Weights, pack, dropout, x.Values, state);
            return state.Output.Span[..length].ToArray();
        }

        proof.Holds([x], Forward, x.Live, (dy, gradients) =>
        {
            Forward();
            double[] slopes = [.. dy];
            var scratch = new double[4 * pack.Rows * heads * Padding.Stride(dimension / heads) + 2 * length];
            layer.Backward(proof.Weights, pack, dropout, x.Values, state, slopes, scratch, gradients);
            return [slopes];
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void SequenceEmbedding(int seed)
    {
        var random = new Random(seed);
        SequencePack pack = AnyPack(random);
        int dimension = AnyDimension(random), stride = Padding.Stride(dimension);
        var layout = new ParameterLayout();
        var layer = new SequenceEmbedding<double>(layout, dimension, maxLength: 20);
        var proof = new LayerProof(layout, random);
        Variable items = Variable.Random(random, 11 * stride, Variable.LiveRows(Enumerable.Range(0, 11), 1, stride, dimension));
        proof.Holds([items], () =>
        {
            var x = new double[pack.Rows * stride];
            layer.Forward(proof.Weights, items.Values, pack, x);
            return x;
        }, Variable.LiveRows(Variable.RowsOf(pack), 1, stride, dimension), (dx, gradients) =>
        {
            layer.Backward(pack, dx, gradients);
            var ofItems = new double[items.Values.Length];
            foreach (int row in Variable.RowsOf(pack))
            {
                for (int k = 0; k < stride; k++)
                    ofItems[pack.Inputs[row] * stride + k] += layer.Scale * dx[row * stride + k];
            }

            return [ofItems];
        });
    }

    [Fact]
    public void A_layer_whose_way_back_forgets_something_is_rejected()
    {
        var random = new Random(1);
        var layout = new ParameterLayout();
        var layer = new Linear<double>(layout, 5, 1, 7);
        var proof = new LayerProof(layout, random);
        Variable x = Variable.Random(random, 8 * 16, Variable.LiveRows(Enumerable.Range(0, 8), 1, 16, 5));
        void Claims(int wrong, int parameter) => proof.Holds([x], () =>
        {
            var y = new double[8 * 16];
            layer.Forward(proof.Weights, x.Values, 8, y);
            return y;
        }, Variable.LiveRows(Enumerable.Range(0, 8), 1, 16, 7), (dy, gradients) =>
        {
            var dx = new double[8 * 16];
            layer.Backward(proof.Weights, x.Values, dy, 8, gradients, dx);
            dx[wrong] *= 1.0001;
            gradients[parameter] *= 1.0001;
            return [dx];
        });

        // Positions 15 are padding, whose gradient is zero.
        Claims(15, 15);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Claims(18, 15));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Claims(15, 18));
    }
}
