using System.Numerics;
using System.Runtime.CompilerServices;

namespace Trainers.Kernels;

/// <summary>Loss and gradients of skip-grams with negative sampling, by matrix products over a block of inputs and outputs.</summary>
/// <remarks>
/// Mikolov et al.: Distributed Representations of Words and Phrases, NIPS 2013, equation 4, maximised:
///     sum over pairs (r, c) of log sigmoid(x_r . y_c) + sum over inputs r and negatives j of (K p_r / M) log sigmoid(-x_r . y_j)
/// Legend: n inputs, m outputs, S padded row; X n x S, Y m x S, R residuals. R = weight (label - sigmoid(X Yᵀ)), dX = R Y, dY = Rᵀ X.
/// 16 inputs at a time, against the negatives and the band of contexts that any of them is paired with; what is outside of a row's own window is zero in R.
/// Ji et al.: Parallelizing Word2Vec in Shared and Distributed Memory, 2016, made matrix products of it first, with K negatives for a window.
/// </remarks>
internal static unsafe class SkipGramGradient
{
    private const int Chunk = 2 * Tile.Rows;

    /// <summary>A logit whose loss is nothing.</summary>
    private const float Certain = 1e4f;

    /// <summary>Length of the scratch that <see cref="Add"/> wants.</summary>
    public static int ScratchLength(SkipGramShape shape, int stride) => (stride + Chunk) * shape.OutputRows;

    /// <param name="shape">n, c, M; rows after them must be zero</param>
    /// <param name="x">InputRows x S</param>
    /// <param name="y">OutputRows x S</param>
    /// <param name="stride">S</param>
    /// <param name="dx">InputRows x S, added to</param>
    /// <param name="dy">OutputRows x S, added to</param>
    /// <param name="scratch">of <see cref="ScratchLength"/></param>
    /// <returns>the loss: minus the objective</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Add(SkipGramShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> y, int stride, Span<float> dx, Span<float> dy, Span<float> scratch)
    {
        (int inputRows, int outputRows, int negatives) = (shape.InputRows, shape.OutputRows, shape.Negatives);
        if (stride % Padding.Lanes != 0 || negatives % Padding.Lanes != 0 || x.Length < inputRows * stride || dx.Length < inputRows * stride
            || y.Length < outputRows * stride || dy.Length < outputRows * stride || scratch.Length < ScratchLength(shape, stride))
        {
            throw new ArgumentException($"{x.Length} and {y.Length} values do not fit {shape} with a stride of {stride}.");
        }

        double loss = 0;
        fixed (float* px = x, py = y, pdx = dx, pdy = dy, transposed = scratch)
        {
            float* residuals = transposed + stride * outputRows;
            Transpose.Rows(py, outputRows, stride, transposed);
            for (int first = 0; first < shape.Inputs; first += Chunk)
            {
                int rows = Math.Min(Chunk, shape.Inputs - first);
                int low = shape.PairsOf(first).First, high = shape.PairsOf(first + rows - 1).End;
                int width = Padding.Stride(high - low), total = negatives + width;
                new Span<float>(residuals, Chunk * total).Clear();
                float* source = px + first * stride;
                for (int t = 0; t < Chunk; t += Tile.Rows)
                {
                    Tile.Update(source + t * stride, stride, 1, transposed, outputRows, residuals + t * total, total, negatives, stride, TileSum.Add);
                    Tile.Update(source + t * stride, stride, 1, transposed + negatives + low, outputRows, residuals + t * total + negatives, total, width, stride, TileSum.Add);
                }

                for (int r = 0; r < rows; r++)
                    loss += Residuals(shape, first + r, low, new Span<float>(residuals + r * total, total), residuals + r * total);
                new Span<float>(residuals + rows * total, (Chunk - rows) * total).Clear();

                for (int t = 0; t < Chunk; t += Tile.Rows)
                {
                    float* target = pdx + (first + t) * stride;
                    Tile.Update(residuals + t * total, total, 1, py, stride, target, stride, stride, negatives, TileSum.Add);
                    Tile.Update(residuals + t * total + negatives, total, 1, py + (negatives + low) * stride, stride, target, stride, stride, width, TileSum.Add);
                }

                for (int j = 0; j < negatives; j += Tile.Rows)
                    Tile.Update(residuals + j, 1, total, source, stride, pdy + j * stride, stride, stride, Chunk, TileSum.Add);
                for (int j = 0; j < width; j += Tile.Rows)
                    Tile.Update(residuals + negatives + j, 1, total, source, stride, pdy + (negatives + low + j) * stride, stride, stride, Chunk, TileSum.Add);
            }
        }

        return loss;
    }

    /// <summary>The same in any precision, one pair after the other.</summary>
    public static T AddScalar<T>(SkipGramShape shape, ReadOnlySpan<T> x, ReadOnlySpan<T> y, int stride, Span<T> dx, Span<T> dy)
        where T : IFloatingPointIeee754<T>
    {
        T loss = T.Zero;
        for (int r = 0; r < shape.Inputs; r++)
        {
            (int first, int end) = shape.PairsOf(r);
            T weight = T.CreateChecked(shape.NegativesPerPair) * T.CreateChecked(end - first - 1) / T.CreateChecked(shape.Negatives);
            for (int j = 0; j < shape.Negatives; j++)
                loss += Pair(x, r, y, j, stride, T.Zero, weight, dx, dy);
            for (int c = first; c < end; c++)
            {
                if (c != r + shape.Offset)
                    loss += Pair(x, r, y, shape.Negatives + c, stride, T.One, T.One, dx, dy);
            }
        }

        return loss;
    }

    private static T Pair<T>(ReadOnlySpan<T> x, int r, ReadOnlySpan<T> y, int j, int stride, T label, T weight, Span<T> dx, Span<T> dy)
        where T : IFloatingPointIeee754<T>
    {
        T score = T.Zero;
        for (int k = 0; k < stride; k++)
            score += x[r * stride + k] * y[j * stride + k];
        T residual = weight * (label - T.One / (T.One + T.Exp(-score)));
        for (int k = 0; k < stride; k++)
        {
            dx[r * stride + k] += residual * y[j * stride + k];
            dy[j * stride + k] += residual * x[r * stride + k];
        }

        T signed = label == T.One ? -score : score;
        return weight * (T.Max(signed, T.Zero) + T.LogP1(T.Exp(-T.Abs(signed))));
    }

    private static float Residuals(SkipGramShape shape, int input, int low, Span<float> row, float* start)
    {
        (int first, int end) = shape.PairsOf(input);
        int pairs = end - first - 1, negatives = shape.Negatives, own = negatives + input + shape.Offset - low;
        if (pairs == 0)
        {
            row.Clear();
            return 0;
        }

        float loss = Logistic.Residuals(start, negatives, positive: false, shape.NegativesPerPair * pairs / negatives);
        Span<float> before = row[negatives..(negatives + first - low)], after = row[(negatives + end - low)..];
        before.Fill(Certain);
        after.Fill(Certain);
        row[own] = Certain;
        loss += Logistic.Residuals(start + negatives, row.Length - negatives, positive: true, 1);
        before.Clear();
        after.Clear();
        row[own] = 0;
        return loss;
    }
}
