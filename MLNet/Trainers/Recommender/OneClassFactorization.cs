using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers.Recommender;

/// <summary>SquareLossOneClass: factors of a matrix that is 1 at its elements, whatever their values, and c elsewhere.</summary>
/// <remarks>
/// Legend: M rows, N columns, K rank, E elements; p M x K, q N x K, kept by component: K x M and K x N. Minimises
///     sum over elements of (1 - p_u . q_v)^2 + alpha sum over all others of (c - p_u . q_v)^2 + lambda (sum of |p_u|^2 + sum of |q_v|^2)
/// by cyclic coordinate descent, component by component, each scalar to its exact minimum with all others fixed, in E + (M + N) K operations per pass:
/// Yu, Bilenko, Lin: Selection of Negative Samples for One-class Matrix Factorization, SDM 2017;
/// Yu, Hsieh, Si, Dhillon: Scalable Coordinate Descent Approaches to Parallel Matrix Factorization for Recommender Systems, ICDM 2012.
/// As in LIBMF p starts at zero, q uniform in [0, 1), and a component is passed over three times per iteration. An element that is given twice counts twice.
/// </remarks>
internal sealed class OneClassFactorization
{
    private const int Passes = 3;

    private readonly double _alpha;
    private readonly double _c;
    private readonly double _lambda;
    private readonly Side _rows;
    private readonly Side _columns;

    private OneClassFactorization(MatrixElements elements, MatrixFactorizationTrainer.Options options)
    {
        (_alpha, _c, _lambda) = (options.Alpha, options.C, options.Lambda);
        _rows = new Side(elements.RowCount, elements.Rows, elements.Columns, options.ApproximationRank);
        _columns = new Side(elements.ColumnCount, elements.Columns, elements.Rows, options.ApproximationRank);
        var random = new UniformNumbers();
        foreach (float[] component in _columns.Components)
        {
            for (int v = 0; v < component.Length; v++)
                component[v] = random.Next();
        }
    }

    /// <returns>M x K and N x K</returns>
    public static (float[] Left, float[] Right) Run(MatrixElements elements, MatrixFactorizationTrainer.Options options)
    {
        var model = new OneClassFactorization(elements, options);
        for (int iteration = 0; iteration < options.NumberOfIterations; iteration++)
        {
            for (int k = 0; k < options.ApproximationRank; k++)
                model.Improve(k);
        }

        return (model._rows.Vectors(), model._columns.Vectors());
    }

    // The products are kept without the component that changes, so that a pass reads them and need not write.
    private void Improve(int k)
    {
        float[] a = _rows.Components[k], b = _columns.Components[k];
        _rows.AddProducts(a, b, -1);
        _columns.AddProducts(b, a, -1);
        for (int pass = 0; pass < Passes; pass++)
        {
            Solve(_rows, _columns, k);
            Solve(_columns, _rows, k);
        }

        _rows.AddProducts(a, b, 1);
        _columns.AddProducts(b, a, 1);
    }

    /// <summary>Component k of one side, given everything else: for each row u the minimum of a parabola in a_u.</summary>
    /// <remarks>
    /// With r the product without component k, sums over u's elements v, and s = sum over all v of b_v q_v:
    /// a_u = (sum of b_v ((1 - alpha c) - (1 - alpha) r_uv) + alpha (c sum over all of b_v - p_u . s, without k)) / ((1 - alpha) sum of b_v^2 + alpha sum over all of b_v^2 + lambda).
    /// </remarks>
    private void Solve(Side mine, Side others, int k)
    {
        float[] a = mine.Components[k], b = others.Components[k];
        double sum = TensorPrimitives.Sum(b), squares = TensorPrimitives.SumOfSquares(b);
        float[] fromOthers = mine.ProductsWith(others, k);
        double observed = 1 - _alpha * _c, weight = 1 - _alpha;
        for (int u = 0; u < a.Length; u++)
        {
            ReadOnlySpan<int> indices = mine.OthersOf(u);
            ReadOnlySpan<float> products = mine.ProductsOf(u);
            double bSum = 0, bSquares = 0, bProducts = 0;
            for (int e = 0; e < indices.Length && e < products.Length; e++)
            {
                float value = b[indices[e]];
                bSum += value;
                bSquares += value * value;
                bProducts += value * products[e];
            }

            double slope = observed * bSum - weight * bProducts + _alpha * (_c * sum - fromOthers[u]);
            a[u] = (float)(slope / (weight * bSquares + _alpha * squares + _lambda));
        }
    }

    /// <summary>Rows, or columns: their components, and the elements in compressed rows with the product of the factors at each.</summary>
    private sealed class Side
    {
        private readonly int[] _starts;
        private readonly int[] _others;
        private readonly float[] _products;

        public Side(int count, List<int> mine, List<int> others, int rank)
        {
            Components = [.. Enumerable.Range(0, rank).Select(_ => new float[count])];
            _starts = new int[count + 1];
            foreach (int row in mine)
                _starts[row + 1]++;
            for (int row = 0; row < count; row++)
                _starts[row + 1] += _starts[row];
            (_others, _products) = (new int[mine.Count], new float[mine.Count]);
            int[] next = _starts[..^1];
            for (int element = 0; element < mine.Count; element++)
                _others[next[mine[element]]++] = others[element];
        }

        /// <summary>K arrays, one number per row</summary>
        public float[][] Components { get; }

        /// <summary>The indices on the other side of row u's elements.</summary>
        public ReadOnlySpan<int> OthersOf(int u) => _others.AsSpan(_starts[u].._starts[u + 1]);

        /// <summary>The products of the factors of row u's elements; all zero in the beginning, as one side is.</summary>
        public Span<float> ProductsOf(int u) => _products.AsSpan(_starts[u].._starts[u + 1]);

        public void AddProducts(float[] a, float[] b, float sign)
        {
            for (int u = 0; u < a.Length; u++)
            {
                float factor = sign * a[u];
                ReadOnlySpan<int> indices = OthersOf(u);
                Span<float> products = ProductsOf(u);
                for (int e = 0; e < indices.Length && e < products.Length; e++)
                    products[e] += factor * b[indices[e]];
            }
        }

        /// <summary>For each row u: p_u . sum over all v of b_v q_v, where b is component k of the other side, without that component.</summary>
        public float[] ProductsWith(Side others, int k)
        {
            float[] b = others.Components[k];
            var products = new float[_starts.Length - 1];
            for (int other = 0; other < Components.Length; other++)
            {
                if (other != k)
                    TensorPrimitives.MultiplyAdd(Components[other], TensorPrimitives.Dot<float>(others.Components[other], b), products, products);
            }

            return products;
        }

        /// <summary>count x K</summary>
        public float[] Vectors()
        {
            int rank = Components.Length;
            var vectors = new float[(_starts.Length - 1) * rank];
            for (int i = 0; i < vectors.Length; i++)
                vectors[i] = Components[i % rank][i / rank];
            return vectors;
        }
    }
}
