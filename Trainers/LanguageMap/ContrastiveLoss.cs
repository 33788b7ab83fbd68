using System.Numerics;
using System.Numerics.Tensors;

namespace Trainers.LanguageMap;

/// <summary>InfoNCE over cosines: the mean over users of -log(exp(s_p / t) / (exp(s_p / t) + sum over negatives j of exp(s_j / t))). AlphaRec, equation 5.</summary>
/// <remarks>
/// Legend: N nodes, S padded vector, B users, J negatives, t temperature. A node's gradient is added up by one thread in the order of users.
/// </remarks>
internal sealed class ContrastiveLoss<T>(InteractionGraph graph, int stride, double temperature)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _scale = T.CreateChecked(1 / temperature);
    private readonly T[] _unit = new T[graph.Nodes * stride], _dUnit = new T[graph.Nodes * stride];

    /// <param name="e">N x S</param>
    /// <param name="batch">of the step</param>
    /// <param name="de">N x S, overwritten</param>
    /// <param name="parallel">how</param>
    /// <returns>the mean loss</returns>
    public T Add(T[] e, ContrastiveBatch batch, T[] de, ParallelOptions parallel)
    {
        (int b, int j) = (batch.Users.Length, batch.Negatives.Length);
        Parallel.For(0, graph.Nodes, parallel, node => Normalise(e, node));
        Array.Clear(_dUnit);
        var (losses, slopes) = (new T[b], new T[b * (j + 1)]);
        Parallel.For(0, b, parallel, i => losses[i] = OfUser(batch, i, slopes.AsSpan(i * (j + 1), j + 1)));

        // Of every item of the batch, once, though it stands there several times.
        var places = new Dictionary<int, List<int>>();
        for (int k = 0; k < j; k++)
            Places(batch.Negatives[k]).Add(k);
        for (int i = 0; i < b; i++)
            Places(batch.Positives[i]).Add(j + i);
        KeyValuePair<int, List<int>>[] items = [.. places];
        Parallel.ForEach(items, parallel, item =>
        {
            Span<T> sum = Row(_dUnit, graph.Users + item.Key);
            foreach (int place in item.Value)
            {
                for (int i = place < j ? 0 : place - j; i < (place < j ? b : place - j + 1); i++)
                    TensorPrimitives.MultiplyAdd(Row(_unit, batch.Users[i]), slopes[(i * (j + 1)) + Math.Min(place, j)], sum, sum);
            }
        });
        Parallel.For(0, graph.Nodes, parallel, node => ThroughNorm(e, de, node, T.One / T.CreateChecked(b)));
        return TensorPrimitives.Sum<T>(losses) / T.CreateChecked(b);

        List<int> Places(int item)
        {
            if (!places.TryGetValue(item, out List<int>? known))
                places.Add(item, known = []);
            return known;
        }
    }

    /// <param name="slopes">J + 1: of the negatives' similarities, then the positive's</param>
    private T OfUser(ContrastiveBatch batch, int i, Span<T> slopes)
    {
        ReadOnlySpan<T> user = Row(_unit, batch.Users[i]);
        ReadOnlySpan<int> own = graph.Neighbours(batch.Users[i]);
        for (int k = 0; k < slopes.Length; k++)
        {
            int item = k < batch.Negatives.Length ? batch.Negatives[k] : batch.Positives[i];
            bool counts = k == batch.Negatives.Length || own.BinarySearch(item) < 0;
            slopes[k] = counts ? _scale * TensorPrimitives.Dot(user, Row(_unit, graph.Users + item)) : T.NegativeInfinity;
        }

        T positive = slopes[^1], most = TensorPrimitives.Max<T>(slopes);
        T total = T.Zero;
        for (int k = 0; k < slopes.Length; k++)
        {
            slopes[k] = T.Exp(slopes[k] - most);
            total += slopes[k];
        }

        for (int k = 0; k < slopes.Length; k++)
            slopes[k] = ((slopes[k] / total) - (k == slopes.Length - 1 ? T.One : T.Zero)) * _scale;
        Span<T> sum = Row(_dUnit, batch.Users[i]);
        for (int k = 0; k < slopes.Length; k++)
            TensorPrimitives.MultiplyAdd(Row(_unit, graph.Users + (k < batch.Negatives.Length ? batch.Negatives[k] : batch.Positives[i])), slopes[k], sum, sum);
        return most + T.Log(total) - positive;
    }

    private void Normalise(T[] e, int node)
    {
        ReadOnlySpan<T> row = Row(e, node);
        T norm = TensorPrimitives.Norm(row);
        TensorPrimitives.Multiply(row, norm > T.Zero ? T.One / norm : T.Zero, Row(_unit, node));
    }

    /// <summary>de = (du - (du . u) u) / |e|.</summary>
    private void ThroughNorm(T[] e, T[] de, int node, T share)
    {
        Span<T> target = Row(de, node);
        T norm = TensorPrimitives.Norm((ReadOnlySpan<T>)Row(e, node));
        if (!(norm > T.Zero))
        {
            target.Clear();
            return;
        }

        ReadOnlySpan<T> unit = Row(_unit, node), du = Row(_dUnit, node);
        TensorPrimitives.MultiplyAdd(unit, -TensorPrimitives.Dot(unit, du), du, target);
        TensorPrimitives.Multiply(target, share / norm, target);
    }

    private Span<T> Row(T[] matrix, int node) => matrix.AsSpan(node * stride, stride);
}
