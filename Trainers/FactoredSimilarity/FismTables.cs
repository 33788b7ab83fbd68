using Trainers.Checkpoints;
using Trainers.Kernels;
using Trainers.Sampling;

namespace Trainers.FactoredSimilarity;

/// <summary>The parameters of FISM, and Adam's state of each.</summary>
/// <remarks>Legend: I items, S padded row; P, Q and their moments I x S (one and the same if tied), biases and theirs I.</remarks>
internal sealed class FismTables(int items, int dimension, bool tied, bool biased)
{
    private readonly int _stride = Padding.Stride(dimension);
    private readonly Moments _history = new(items, Padding.Stride(dimension));
    private readonly Moments? _target = tied ? null : new(items, Padding.Stride(dimension));
    private readonly float[] _biasMean = new float[items];
    private readonly float[] _biasSquare = new float[items];
    private readonly int[] _steps = new int[items];

    private sealed record Moments(AlignedFloats Values, AlignedFloats Mean, AlignedFloats Square)
    {
        public Moments(int items, int stride)
            : this(New(items, stride), New(items, stride), New(items, stride))
        {
        }

        private static AlignedFloats New(int items, int stride) => new((long)items * stride);
    }

    public int Items => items;

    public int Dimension => dimension;

    /// <summary>S</summary>
    public int Stride => _stride;

    public bool Tied => _target is null;

    /// <summary>P: I x S, what an item adds to a history.</summary>
    public AlignedFloats History => _history.Values;

    /// <summary>Q: I x S, what a history is compared with.</summary>
    public AlignedFloats Target => (_target ?? _history).Values;

    /// <summary>b: I, zero without biases.</summary>
    public float[] Biases { get; } = new float[items];

    /// <summary>p . q of each item: what a target would add to its own score.</summary>
    public float[] OwnProducts { get; } = new float[items];

    public static long Bytes(int items, int dimension, bool tied) =>
        (long)items * sizeof(float) * ((tied ? 3 : 6) * Padding.Stride(dimension) + 5);

    /// <summary>Both vectors of each given item from N(0, standardDeviation^2), from the item's own stream; the others stay zero.</summary>
    public void Initialize(IEnumerable<int> seen, double standardDeviation, ulong seed)
    {
        foreach (int item in seen)
        {
            var random = SplitMix64.ForStream(seed, (ulong)item);
            for (int table = 0; table < (Tied ? 1 : 2); table++)
            {
                Span<float> vector = (table == 0 ? History : Target).Row(item, _stride)[..dimension];
                foreach (ref float value in vector)
                    value = (float)(standardDeviation * random.NextGaussian());
            }

            Multiply(item);
        }
    }

    /// <summary>All parameters with their moments and steps.</summary>
    public void Visit(IStateVisitor state)
    {
        Visit(state, "history", _history);
        if (_target is not null)
            Visit(state, "target", _target);
        state.Visit<float>("biases", Biases);
        state.Visit<float>("biases.mean", _biasMean);
        state.Visit<float>("biases.square", _biasSquare);
        state.Visit<float>("own_products", OwnProducts);
        state.Visit<int>("steps", _steps);
    }

    private static void Visit(IStateVisitor state, string name, Moments moments)
    {
        state.Visit(name, moments.Values.Span);
        state.Visit($"{name}.mean", moments.Mean.Span);
        state.Visit($"{name}.square", moments.Square.Span);
    }

    /// <summary>One step of one item.</summary>
    /// <param name="adam">rate and decay</param>
    /// <param name="item">which</param>
    /// <param name="history">S, dL/dp; if tied, dL/dp and <paramref name="target"/> are added into it</param>
    /// <param name="target">S, dL/dq</param>
    /// <param name="bias">dL/db</param>
    public void Update(RowAdam adam, int item, Span<float> history, ReadOnlySpan<float> target, float bias)
    {
        int step = _steps[item]++;
        if (_target is null)
            System.Numerics.Tensors.TensorPrimitives.Add(history, target, history);
        else
            adam.Update(step, target, _target.Mean.Row(item, _stride), _target.Square.Row(item, _stride), _target.Values.Row(item, _stride));
        adam.Update(step, history, _history.Mean.Row(item, _stride), _history.Square.Row(item, _stride), _history.Values.Row(item, _stride));
        if (biased)
            adam.Update(step, bias, ref _biasMean[item], ref _biasSquare[item], ref Biases[item]);
        Multiply(item);
    }

    private void Multiply(int item) => OwnProducts[item] = Dot.Of(History.Row(item, _stride), Target.Row(item, _stride));
}
