using System.Numerics;
using System.Numerics.Tensors;
using Trainers.LeastSquares;

namespace Trainers.LanguageMap;

/// <summary>Users and items as the nodes of a graph, interactions as its edges, normalised as in LightGCN: (A x)_n = sum over n's neighbours m of x_m / sqrt(d_n d_m).</summary>
/// <remarks>
/// Legend: U users, I items, N = U + I nodes, users first, S padded vector, d degree. The matrix is symmetric, so that the way back is the way forth.
/// Each node's sum is made by one thread in the order of its neighbours.
/// </remarks>
internal sealed class InteractionGraph
{
    private readonly PositiveMatrix _items, _users;

    /// <param name="positives">U x I</param>
    public InteractionGraph(PositiveMatrix positives)
    {
        (_items, _users) = (positives, positives.Transpose());
        Weights = new double[Nodes];
        for (int node = 0; node < Nodes; node++)
            Weights[node] = 1 / Math.Sqrt(Math.Max(1, Neighbours(node).Length));
    }

    public int Users => _items.RowCount;

    public int Items => _items.ColumnCount;

    /// <summary>N</summary>
    public int Nodes => Users + Items;

    /// <summary>N weights 1 / sqrt(d); 1 for a node without edges.</summary>
    public double[] Weights { get; }

    /// <summary>A user's items or an item's users, by their own numbers.</summary>
    public ReadOnlySpan<int> Neighbours(int node) => node < Users ? _items[node] : _users[node - Users];

    /// <param name="x">N x S</param>
    /// <param name="stride">S</param>
    /// <param name="y">N x S, overwritten</param>
    /// <param name="parallel">how</param>
    public void Propagate<T>(T[] x, int stride, T[] y, ParallelOptions parallel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Parallel.For(0, Nodes, parallel, node =>
    {
        Span<T> sum = y.AsSpan(node * stride, stride);
        sum.Clear();
        int first = node < Users ? Users : 0;
        foreach (int neighbour in Neighbours(node))
            TensorPrimitives.MultiplyAdd(x.AsSpan((first + neighbour) * stride, stride), T.CreateChecked(Weights[first + neighbour]), sum, sum);
        TensorPrimitives.Multiply(sum, T.CreateChecked(Weights[node]), sum);
    });
}
