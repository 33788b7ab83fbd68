using Trainers.Layers;

namespace Tests.Gradients;

/// <summary>Numbers of a layer that are free: the live elements of a padded array; what lies between them stays as it is.</summary>
/// <param name="Values">padded</param>
/// <param name="Live">positions</param>
internal sealed record Variable(double[] Values, int[] Live)
{
    /// <summary>Rows of a padded matrix: the first <paramref name="rows"/> of each sequence, and of each group of a row the first <paramref name="dimension"/> elements.</summary>
    public static int[] LiveRows(IEnumerable<int> rows, int groups, int groupStride, int dimension) =>
        [.. rows.SelectMany(row => Enumerable.Range(0, groups).SelectMany(group => Enumerable.Range((row * groups + group) * groupStride, dimension)))];

    /// <summary>Random numbers of [-1, 1) where they are live.</summary>
    public static Variable Random(Random random, int length, int[] live)
    {
        var values = new double[length];
        foreach (int index in live)
            values[index] = 2 * random.NextDouble() - 1;
        return new Variable(values, live);
    }

    /// <summary>The rows of a pack that hold an item.</summary>
    public static IEnumerable<int> RowsOf(SequencePack pack) => pack.Sequences.SelectMany(sequence => Enumerable.Range(sequence.First, sequence.Length));
}

/// <summary>
/// Proves the way back of a layer: for a random cotangent, the gradient of every input and of every parameter, each along random directions of its own.
/// What is padding must have no gradient.
/// </summary>
internal sealed class LayerProof(ParameterLayout layout, Random random)
{
    /// <summary>The layer's parameters, all of them random.</summary>
    public Weights<double> Weights { get; } = Start(layout, random);

    /// <param name="inputs">of the layer</param>
    /// <param name="forward">from the inputs' and parameters' present values to the output</param>
    /// <param name="liveOutput">what the loss looks at</param>
    /// <param name="backward">from the cotangent to the inputs' gradients; adds the parameters' to its second argument</param>
    public void Holds(Variable[] inputs, Func<double[]> forward, int[] liveOutput, Func<double[], double[], double[][]> backward)
    {
        Variable cotangent = Variable.Random(random, forward().Length, liveOutput);
        var gradients = new double[layout.Length];
        double[][] ofInputs = backward(cotangent.Values, gradients);
        HoldsFor(inputs, () => forward().Zip(cotangent.Values, (y, c) => y * c).Sum(), ofInputs, gradients);
    }

    /// <param name="inputs">of the loss</param>
    /// <param name="loss">from the inputs' and parameters' present values</param>
    /// <param name="ofInputs">claimed gradients</param>
    /// <param name="ofParameters">claimed gradient, of the layout's length</param>
    public void HoldsFor(Variable[] inputs, Func<double> loss, double[][] ofInputs, double[] ofParameters)
    {
        var groups = new List<(int[] Live, double[] Gradient, Func<int, double> Get, Action<int, double> Set)>();
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] values = inputs[i].Values;
            groups.Add((inputs[i].Live, ofInputs[i], index => values[index], (index, value) => values[index] = value));
        }

        foreach (Slot slot in layout.Slots)
            groups.Add(([.. slot.Live()], ofParameters, index => Weights.Values[index], (index, value) => Weights.Values[index] = value));
        double[] all = [.. groups.SelectMany(group => group.Live.Select(index => group.Gradient[index]))];
        double size = Math.Sqrt(all.Sum(g => g * g) / all.Length);
        Assert.True(size > 0);
        for (int g = 0; g < groups.Count; g++)
        {
            // One more coordinate, of known slope, is the scale for what has no gradient at all, such as the bias of keys.
            (int[] live, double[] gradient, Func<int, double> get, Action<int, double> set) = groups[g];
            double[] at = [.. live.Select(get), 0];
            GradientCheck.Proves(x => Write(x) + size * x[^1], at, [.. live.Select(index => gradient[index]), size], 100 + g);
            Write(at);

            double Write(double[] x)
            {
                for (int i = 0; i < live.Length; i++)
                    set(live[i], x[i]);
                Weights.Refresh();
                return loss();
            }
        }

        for (int i = 0; i < inputs.Length; i++)
            Assert.All(Enumerable.Range(0, ofInputs[i].Length).Except(inputs[i].Live), index => Assert.Equal(0, ofInputs[i][index]));
        Assert.All(Enumerable.Range(0, layout.Length).Except(layout.Slots.SelectMany(slot => slot.Live())), index => Assert.Equal(0, ofParameters[index]));
    }

    private static Weights<double> Start(ParameterLayout layout, Random random)
    {
        var weights = new Weights<double>(layout);
        foreach (int index in layout.Slots.SelectMany(slot => slot.Live()))
            weights.Values[index] = 1.5 * random.NextDouble() - 0.75;
        weights.Refresh();
        return weights;
    }
}
