using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Trainers.Kernels;

namespace Trainers.FactoredSimilarity;

/// <summary>Loss and gradient of a batch of users, in two passes over tables that nobody changes meanwhile: by user, then by item.</summary>
/// <remarks>
/// Legend: B users of the batch, R a user's n items, S padded row. With h = sum of p over R, c = dL/d(score) and norms f = max(1, n - 1)^-a, g = max(1, n)^-a:
///     score of i in R: f (h - p_i) . q_i + b_i        score of j not in R: g h . q_j + b_j
///     dL/dq_i = sum over users of c f (h - p_i), or c g h;        dL/dp_i = sum over users with i in R of (v - c f q_i), where v = sum over the user's entries of c f q or c g q
/// So a user's histories cost one sum and one v, whatever n: the states f h and g h are rows 2 k and 2 k + 1 of one matrix for the user in place k, v is row 2 k of another.
/// Sums run in the order of the batch, each by one thread: no result depends on how many there are.
/// </remarks>
internal sealed class FismGradient(FismTables tables, FismVariant variant, double alpha, int batchUsers)
{
    private readonly int _stride = tables.Stride;
    private readonly AlignedFloats _states = new(2L * batchUsers * tables.Stride);
    private readonly AlignedFloats _pulls = new(2L * batchUsers * tables.Stride);
    private readonly float[] _norms = new float[batchUsers];
    private readonly ConcurrentBag<Workplace> _workplaces = [];

    /// <summary>One thread's vectors: as long as a user has entries.</summary>
    private sealed class Workplace(int stride)
    {
        public AlignedFloats Sum { get; } = new(stride);

        public float[] Scores { get; private set; } = [];

        public float[] Derivatives { get; private set; } = [];

        public void Reserve(int entries)
        {
            if (Scores.Length < entries)
                (Scores, Derivatives) = (new float[entries], new float[entries]);
        }
    }

    public static long Bytes(int dimension, int batchUsers) => 4L * batchUsers * Padding.Stride(dimension) * sizeof(float);

    /// <summary>max(1, n)^-alpha.</summary>
    public static double Norm(int n, double alpha) => Math.Pow(Math.Max(1, n), -alpha);

    /// <summary>The first pass for all users: states, pulls and derivatives of the batch.</summary>
    /// <returns>the loss</returns>
    public double Forward(UserBatch batch, ParallelOptions parallel)
    {
        var losses = new double[batch.Count];
        Parallel.For(0, batch.Count, parallel, () => _workplaces.TryTake(out Workplace? idle) ? idle : new Workplace(_stride), (place, _, work) =>
        {
            losses[place] = Forward(batch, place, work);
            return work;
        }, _workplaces.Add);
        return losses.Sum();
    }

    private float Forward(UserBatch batch, int place, Workplace work)
    {
        ReadOnlySpan<int> items = batch.ItemsOf(place);
        int n = batch.PositivesOf(place);
        float norm = (float)Norm(n - 1, alpha), otherNorm = (float)Norm(n, alpha);
        _norms[place] = norm;
        work.Reserve(items.Length);
        Span<float> sum = work.Sum.Span, state = _states.Row(2 * place, _stride), otherState = _states.Row(2 * place + 1, _stride);
        GatheredRows.Combine(tables.History.Span, _stride, items[..n], [], sum);
        TensorPrimitives.Multiply(sum, norm, state);
        TensorPrimitives.Multiply(sum, otherNorm, otherState);

        Span<float> x = work.Scores.AsSpan(0, n), z = work.Scores.AsSpan(n, items.Length - n);
        GatheredRows.Products(tables.Target.Span, _stride, items[..n], state, x);
        GatheredRows.Products(tables.Target.Span, _stride, items[n..], otherState, z);
        ReadOnlySpan<float> biases = tables.Biases, ownProducts = tables.OwnProducts;
        for (int k = 0; k < x.Length; k++)
            x[k] += biases[items[k]] - norm * ownProducts[items[k]];
        ReadOnlySpan<int> negatives = items[n..];
        for (int k = 0; k < z.Length; k++)
            z[k] += biases[negatives[k]];

        Span<float> derivatives = work.Derivatives.AsSpan(0, items.Length), weights = batch.Weights;
        float loss = FismLoss.Of<float>(variant, x, z, derivatives[..n], derivatives[n..]);
        ReadOnlySpan<int> positions = batch.PositionsOf(place);
        for (int k = 0; k < derivatives.Length; k++)
            weights[positions[k]] = derivatives[k];
        TensorPrimitives.Multiply(derivatives[..n], norm, derivatives[..n]);
        TensorPrimitives.Multiply(derivatives[n..], otherNorm, derivatives[n..]);

        GatheredRows.Combine(tables.Target.Span, _stride, items, derivatives, _pulls.Row(2 * place, _stride));
        return loss;
    }

    /// <summary>The second pass for one item that has entries.</summary>
    /// <param name="batch">after <see cref="Forward(UserBatch, ParallelOptions)"/></param>
    /// <param name="item">which</param>
    /// <param name="history">S, dL/dp</param>
    /// <param name="target">S, dL/dq</param>
    /// <returns>dL/db</returns>
    public float OfItem(UserBatch batch, int item, Span<float> history, Span<float> target)
    {
        Range entries = batch.EntriesOf(item, out int positiveCount);
        ReadOnlySpan<int> rows = batch.StateRows(entries);
        ReadOnlySpan<float> weights = batch.Weights[entries];
        GatheredRows.Combine(_states.Span, _stride, rows, weights, target);
        GatheredRows.Combine(_pulls.Span, _stride, rows[..positiveCount], [], history);
        float own = 0, bias = 0;
        for (int k = 0; k < positiveCount; k++)
            own += weights[k] * _norms[rows[k] / 2];
        foreach (float weight in weights)
            bias += weight;
        TensorPrimitives.MultiplyAdd(tables.History.Row(item, _stride), -own, target, target);
        TensorPrimitives.MultiplyAdd(tables.Target.Row(item, _stride), -own, history, history);
        return bias;
    }
}
